/** What `saraban --help` prints. */
export const generalHelp = `saraban: งานสารบรรณจากบรรทัดคำสั่ง · official correspondence on the command line

  saraban verify   ตรวจลายมือชื่อ · verifies signatures
  saraban sign     ลงนามด้วยโทเคน · signs with a token
  saraban stamp    ประทับข้อความ ตรารับ ภาพ คำสั่ง · stamps texts, receive stamps, pictures, orders
  saraban extend   เสริมหลักฐานให้ตรวจได้อีกหลายปี · adds evidence for years to come
  saraban repair   ทำสำเนาของไฟล์ที่ลงนามไม่ได้ · makes a copy of a file that cannot be signed
  saraban inspect  บอกว่าไฟล์ประกอบด้วยอะไร · tells what a file is made of
  saraban server   เปิดเครื่องแม่ข่าย · runs the central server
  saraban backup   สำรองข้อมูลเครื่องแม่ข่าย · backs the server up, while it runs
  saraban restore  กู้คืนลงเครื่องแม่ข่ายว่าง · restores into an empty server
  saraban import-agencies, import-register   นำเข้าทำเนียบอีเมลกลางและทะเบียนเดิม · the address book, an older register
  saraban check    ตรวจข้อมูลของเครื่องแม่ข่าย · checks what the server keeps
  saraban rebuild  สร้างตารางใหม่จากประวัติ · makes the server’s tables anew from its logs

  saraban COMMAND --help   วิธีใช้แต่ละคำสั่ง · how to use a command
  saraban --version

คำสั่งกับไฟล์รับ --json และหลายไฟล์ (หรือ *.pdf); ไฟล์เดิมไม่ถูกแก้ ผลลัพธ์ถูกเขียนทั้งไฟล์หรือไม่เขียนเลย
Commands for files take --json and many files (or *.pdf). Files are never changed; results are written whole or not at all.
ออกด้วยรหัส 0 สำเร็จ, 1 ปฏิเสธ, 130 ยกเลิกด้วย Ctrl-C · Exit codes: 0 done, 1 refused, 130 cancelled by Ctrl-C`

const outputs = `  --out FILE           ผลลัพธ์ของไฟล์เดียว · the result of one file
  --out-dir DIR        โฟลเดอร์ของผลลัพธ์ ใช้ชื่อเดิม สร้างให้ถ้าไม่มี · a folder for results, which keep their names; made when missing
  --force              เขียนทับไฟล์ใน DIR · replaces files in DIR`

const services = `  --tsa URL            บริการประทับเวลา ระบุซ้ำได้ · a time-stamp service; the next is asked when one fails
  --trust FILE         ผู้ออกใบรับรองที่เชื่อถือเพิ่มเติม · authorities to trust besides the national roots
  --proxy URL          พร็อกซี · an HTTP proxy`

const json = `  --json               ผลลัพธ์หนึ่งบรรทัดต่อไฟล์ · one JSON object on a line for each file`

const keptData = `  --data DIR           ที่เก็บข้อมูลของเครื่องแม่ข่าย; DATABASE_URL ถ้าใช้ PostgreSQL อื่น
                       the server’s folder; DATABASE_URL names its PostgreSQL where that is another one`
const oneObject = `  --json               ผลลัพธ์เป็น JSON · the result as one JSON object`

/** What `saraban COMMAND --help` prints. */
export const helpTexts = {
  verify: `saraban verify FILE… [--trust FILE]… [--offline] [--at TIME] [--proxy URL] [--json]

ตรวจลายมือชื่อและสิ่งที่แก้หลังลงนาม · Verifies signatures and what was changed after them.
รหัส 0 ถูกต้องทุกไฟล์, 1 ไม่ใช่, 2 อ่านไม่ได้ · Exits 0 when all files are valid, 1 when not, 2 when one cannot be read.

  --trust FILE         ผู้ออกใบรับรองที่เชื่อถือเพิ่มเติม · authorities to trust besides the national roots
  --offline            ไม่ถามการเพิกถอนผ่านเครือข่าย · asks nobody whether certificates were revoked
  --at TIME            ตรวจ ณ เวลานั้น (ค.ศ.) · judges as of a day or time, such as 2026-11-23
  --proxy URL          พร็อกซี · an HTTP proxy
${json}

  saraban verify *.pdf --trust root.pem`,

  sign: `saraban sign FILE… --out FILE | --out-dir DIR [--token LABEL] [--module LIB] [--pin-env NAME | --pin-stdin] …

ลงนามทุกไฟล์ด้วยการใส่ PIN ครั้งเดียว · Signs all files with one entry of the PIN.

${outputs}
  --resume             ข้ามไฟล์ที่โทเคนนี้ลงนามไว้แล้ว · leaves out what this token has signed already
  --token LABEL        ชื่อหรือหมายเลขโทเคน เมื่อมีหลายอัน · label or serial number, when there are several
  --module LIB         โปรแกรมขับ PKCS #11; ปกติหาเอง · the driver; known ones are found by themselves
  --key LABEL          ใบรับรองที่ใช้ เมื่อมีหลายใบ · the certificate, when there are several
  --pin-env NAME       PIN อยู่ในตัวแปรชื่อ NAME · the environment variable NAME holds the PIN
  --pin-stdin          PIN คือบรรทัดแรกของ stdin · the first line of standard input is the PIN
                       ถ้าไม่ระบุจะถามที่จอ · asked for at the terminal when neither is given
  --level LEVEL        B-B, B-T, B-LT, B-LTA (PAdES)
${services}
  --page N --rect x,y,w,h   กรอบลายมือชื่อที่เห็นได้ หน่วยพอยต์ · makes it visible, in points from the lower left
  --field NAME         ช่องลงนามว่างที่มีอยู่ · an empty field that the file has
  --reason TEXT        เหตุผล · the reason
  --location TEXT      สถานที่ · the place
  --certify WHAT       รับรองเอกสาร none, fill, annotate · the author's certification: what others may do later
  --digest NAME        sha256, sha384, sha512
  --pss                RSASSA-PSS
${json}

  saraban sign letter.pdf --out signed.pdf
  saraban sign *.pdf --out-dir signed --resume --tsa http://tsa.example`,

  stamp: `saraban stamp FILE… --out FILE | --out-dir DIR --page N --at x,y --text TEXT …

ประทับเป็นหมายเหตุ ไม่แก้เนื้อหาเดิม ตำแหน่งเป็นพอยต์จากมุมล่างซ้ายของหน้าที่เห็น
Stamps as annotations; what was there stays. Places are points from the lower left of the page as shown.

${outputs}
  --page N             หน้า · the page
  --at x,y             จุดเริ่ม · where it begins
  --rect x,y,w,h       กรอบ · what it is fitted into
  --text TEXT          ข้อความ · a text [--size POINTS] [--frame]
  --receive NUMBER     ตรารับ · a receive stamp: --agency NAME [--time TIME]
  --endorse TEXT       เกษียน/สั่งการ · an order: --signer NAME [--position TEXT] [--time TIME] [--size POINTS]
  --image FILE         ภาพ PNG หรือ JPEG · a picture
  --color NAME         ink, pen, red
${json}

  saraban stamp letter.pdf --out stamped.pdf --page 1 --at 420,760 --text 'ด่วนที่สุด' --color red
  saraban stamp letter.pdf --out received.pdf --page 1 --at 420,740 --receive 123/2569 --agency สปสช.`,

  extend: `saraban extend FILE… --out FILE | --out-dir DIR --level B-T|B-LT|B-LTA --tsa URL …

เพิ่มเวลา ใบรับรอง และหลักฐานการไม่ถูกเพิกถอน ให้ไฟล์ที่ลงนามแล้ว
Adds time-stamps, certificates and proof that none was revoked to files that are signed.

${outputs}
  --level LEVEL        B-T, B-LT, B-LTA (PAdES)
${services}
  --renew              ประทับเวลาซ้ำแม้ยังไม่หมดอายุ · stamps the time again though the last stamp holds
${json}

  saraban extend signed.pdf --out lasting.pdf --level B-LTA --tsa http://tsa.example`,

  repair: `saraban repair FILE… --out FILE | --out-dir DIR

ทำสำเนาของไฟล์ที่เสียหายหรือเข้ารหัสไว้ ให้ลงนามได้ ไม่รับไฟล์ที่มีลายมือชื่อหรือต้องใช้รหัสผ่าน
Makes a copy that can be signed of a damaged or encrypted file; not of signed ones, nor of those that need a password.
แก้ข้อความของไฟล์ที่พิมพ์จาก Chromium ให้ค้นหาได้ · Makes the text of files that Chromium printed searchable.
ใช้ qpdf ถ้ามี · By qpdf where it is installed. ตรวจสำเนากับต้นฉบับก่อนใช้ · Compare the copy with the original.

${outputs}
${json}

  saraban repair broken.pdf --out mended.pdf`,

  inspect: `saraban inspect FILE…

หน้า ฉบับที่ต่อท้าย ลายมือชื่อ ช่องลงนาม แบบอักษร และลงนามได้หรือไม่
Pages, revisions, signatures, signature fields, fonts, and whether the file can be signed. Verifies nothing.

${json}

  saraban inspect letter.pdf`,

  server: `saraban server [--data DIR] [--port N] [--host H] [--sample] [--sample-letters N] [--trust PEM]… [--tsa URL]… [--json]
saraban server backup|backup-key|restore|check|rebuild|password|import-agencies|import-register … [--help]

เปิดเครื่องแม่ข่าย ใช้ PostgreSQL ในตัว หรือตามตัวแปร DATABASE_URL
Runs the central server, with its own PostgreSQL or the one that DATABASE_URL names.

  --data DIR           ที่เก็บข้อมูล · its folder
  --port N, --host H   ที่รับการเชื่อมต่อ · where it listens
  --sample             องค์กรตัวอย่าง · a sample organisation
  --sample-letters N   หนังสือตัวอย่างย้อนหลังหนึ่งปี ถ้ายังไม่มีหนังสือ · a year of made-up letters for it, where there are none
  --seed N             หนังสือตัวอย่างอีกชุด · another set of them (1 unless given)
  --trust PEM          ผู้ออกใบรับรองที่เชื่อถือ · authorities to trust
  --tsa URL            บริการประทับเวลา · a time-stamp service, for evidence for later years
  --level LEVEL        ระดับหลักฐาน · the level of that evidence (B-T, B-LT, B-LTA)
  --rest-minutes N     รอหลังลงนามครบ · minutes after the last signature
  --ecms URL           ระบบแลกเปลี่ยนหนังสือ e-CMS ของหน่วยงาน · our e-CMS node, to exchange letters with other agencies;
  --ecms-ministry N --ecms-department N  รหัสกระทรวงและกรมของเรา · needs our codes as well
  --log LEVEL          debug, info (ทุกคำขอ · each request), warn, error; JSON บน stderr · JSON lines on standard error
  --metrics-port N     ค่าสำหรับ Prometheus ที่ 127.0.0.1 · Prometheus measures at 127.0.0.1:N/metrics; off unless given
  --trust-proxy ADDR   พร็อกซีที่เชื่อเรื่องที่อยู่ผู้เรียก ระบุซ้ำได้ · a proxy (address or network) to believe about callers’ addresses
  --rate-limit off     ไม่จำกัดจำนวนคำขอ · lets any number of requests in
  --json               บอกที่อยู่เป็น JSON · tells its address as JSON`,

  backup: `saraban server backup DIR|FILE --recipient age1…|--unencrypted [--data DIR] [--json]
saraban server backup-key FILE

สำรองทุกอย่างของเครื่องแม่ข่าย ณ ขณะเดียว โดยไม่ต้องปิด เข้ารหัสให้เปิดได้ด้วยกุญแจลับเท่านั้น
Backs up all that a server keeps, as of one moment, while it runs; encrypted so that only the secret key opens it.
ไม่รวมการเข้าสู่ระบบที่ค้างอยู่: หลังกู้คืนทุกคนเข้าสู่ระบบใหม่ · Without sessions: after a restore everyone signs in again.
รหัส 0 สำเร็จ, 1 มีไฟล์เสียอยู่ก่อนแล้ว, 2 ปฏิเสธ · Exits 0 when done, 1 when files were damaged before, 2 when refused.

${keptData}
  --recipient KEY      กุญแจสาธารณะ age1… ระบุซ้ำได้ · a public key that can open it; may be repeated
  --unencrypted        ไม่เข้ารหัส · in the clear
  backup-key FILE      สร้างคู่กุญแจ กุญแจลับอยู่ใน FILE · makes a key pair, the secret key in FILE (as age-keygen does)
${oneObject}

  saraban server backup-key /media/usb/saraban.key
  saraban server backup /backups --recipient age1…`,

  restore: `saraban server restore FILE [--identity KEYFILE]… [--data DIR] [--json]

กู้คืนลงเครื่องแม่ข่ายที่ยังว่าง ทั้งหมดหรือไม่เลย แล้วตรวจ · Restores into an empty server, all or nothing, and checks it.
เครื่องลูกข่ายรับข้อมูลใหม่ทั้งหมดเอง งานที่ยังไม่ส่งไม่หาย · Clients fetch everything anew by themselves; unsent work stays.
รหัส 0 สำเร็จ, 1 ตรวจพบสิ่งผิดปกติ, 2 ปฏิเสธ · Exits 0 when done, 1 with findings, 2 when refused.

${keptData}
  --identity KEYFILE   ไฟล์กุญแจลับ · the file of the secret key
${oneObject}

  saraban server restore saraban-20261124T101500Z.tar.age --identity /media/usb/saraban.key --data /srv/saraban`,

  check: `saraban server check [--data DIR] [--fast] [--json]

ตรวจประวัติ ตาราง ทะเบียน ฟีด และไฟล์ ขณะเครื่องแม่ข่ายทำงาน · Checks logs, tables, registers, feed and files, while the server runs.
รหัส 0 ไม่พบสิ่งผิดปกติ, 1 พบ, 2 ปฏิเสธ · Exits 0 when nothing is wrong, 1 with findings, 2 when refused.

${keptData}
  --fast               ไม่อ่านเนื้อไฟล์ · looks at the sizes of files, not at their content
  --json               หนึ่งบรรทัดต่อสิ่งที่พบ แล้วสรุป · an object on a line for each finding, then a summary`,

  password: `saraban server password PERSON [--password-env NAME] [--data DIR] [--json]

ตั้งบัญชีหรือรหัสผ่านใหม่ให้บุคลากร การเข้าสู่ระบบเดิมสิ้นสุด รหัสผ่านอ่านจากบรรทัดแรกของ standard input
Gives a person an account or another password, read from the first line of standard input; old sessions end.

${keptData}
  --password-env NAME  อ่านจากตัวแปรแทน · reads it from that variable instead
${oneObject}`,

  'import-agencies': `saraban server import-agencies FILE [--dry-run] [--data DIR] [--json]

ปรับทำเนียบหน่วยงานตามรายชื่ออีเมลกลางของ สพร. (CSV หรือ XLSX: ชื่อหน่วยงาน, อีเมล) ขณะเครื่องแม่ข่ายทำงาน
Brings the address book up to DGA’s list of central mailboxes (CSV or XLSX: name, e-mail), while the server runs.
รหัส 0 สำเร็จ, 1 ข้ามบางแถว, 2 ปฏิเสธ · Exits 0 when done, 1 when rows were left out, 2 when refused.

${keptData}
  --dry-run            รายงานอย่างเดียว · only reports
  --json               หนึ่งบรรทัดต่อแถวที่มีข้อสังเกต แล้วสรุป · an object on a line for each remark, then a summary`,

  'import-register': `saraban server import-register FILE --register ID [--year N] [--dry-run] [--data DIR] [--json]

นำทะเบียนของระบบเดิมเข้าทั้งหมดหรือไม่เลย (CSV หรือ XLSX หัวตารางตามแบบที่ 13 หรือ 14); เลขถัดไปต่อจากเลขสูงสุด
Takes an older system’s register over, whole or not at all (CSV or XLSX with the headings of its form);
numbers go on after the highest.
รหัส 0 สำเร็จ, 1 มีแถวผิด จึงไม่นำเข้า, 2 ปฏิเสธ · Exits 0 when done, 1 when rows are wrong (nothing is imported), 2 when refused.

${keptData}
  --register ID        ทะเบียนที่รับเข้า · the register that takes it
  --year N             ปี พ.ศ. ถ้าไม่ระบุใช้ของแถวแรก · its Buddhist year; that of the first row unless given
  --dry-run            รายงานอย่างเดียว · only reports
  --json               หนึ่งบรรทัดต่อแถวที่มีข้อสังเกต แล้วสรุป · an object on a line for each remark, then a summary

  saraban server import-register ทะเบียนรับ2568.xlsx --register receive-registry --year 2568 --dry-run`,

  rebuild: `saraban server rebuild [--data DIR] [--json]

สร้างตารางที่ได้จากประวัติใหม่ทั้งหมดในธุรกรรมเดียว · Makes every table that follows from the logs anew, in one transaction.

${keptData}
${oneObject}`,
} as const
