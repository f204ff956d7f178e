/** What `saraban --help` prints. */
export const helpText = `saraban: งานสารบรรณจากบรรทัดคำสั่ง · official correspondence on the command line

  saraban verify FILE… [--trust PEM]… [--json]
      ตรวจลายมือชื่อ (0 ถูกต้องทุกไฟล์, 1 ไม่ใช่, 2 อ่านไม่ได้)
      Verifies signatures; exits 0 when all files are valid, 1 when not, 2 when one cannot be read.

  saraban sign FILE --out FILE --module LIB --token LABEL --pin-env NAME
               [--key LABEL] [--level B-B|B-T] [--tsa URL] [--page N --rect x,y,w,h] [--json]
      ลงนามด้วยโทเคน PIN อยู่ในตัวแปรสภาพแวดล้อมชื่อ NAME
      Signs with a token; the environment variable NAME holds the PIN. A place in points makes it visible.

  saraban stamp FILE --out FILE --page N --at x,y --text TEXT [--json]
      เพิ่มข้อความลงบนหน้า โดยไม่แก้เนื้อหาเดิม
      Appends a text to a page; the earlier bytes stay as they are.

  saraban server [--data DIR] [--port N] [--host H] [--sample] [--trust PEM]… [--json]
      เปิดเครื่องแม่ข่าย
      Runs the central server.

  saraban --version | --help`
