/**
 * The days off of 2569 (2026) as the cabinet fixes them, and those around the turns of that year; Saturdays and
 * Sundays are not among them.
 */
export const holidays: readonly string[] = [
  '2025-12-05',
  '2025-12-10',
  '2025-12-31',
  // ขึ้นปีใหม่ and a day more, มาฆบูชา, จักรี, สงกรานต์
  '2026-01-01',
  '2026-01-02',
  '2026-03-03',
  '2026-04-06',
  '2026-04-13',
  '2026-04-14',
  '2026-04-15',
  // ฉัตรมงคล, พืชมงคล, ชดเชยวิสาขบูชา, เฉลิมพระชนมพรรษาพระบรมราชินี
  '2026-05-04',
  '2026-05-13',
  '2026-06-01',
  '2026-06-03',
  // เฉลิมพระชนมพรรษา, อาสาฬหบูชา, เข้าพรรษา, วันแม่
  '2026-07-28',
  '2026-07-29',
  '2026-07-30',
  '2026-08-12',
  // นวมินทรมหาราช, ปิยมหาราช, ชดเชยวันพ่อ, รัฐธรรมนูญ, สิ้นปี
  '2026-10-13',
  '2026-10-23',
  '2026-12-07',
  '2026-12-10',
  '2026-12-31',
  '2027-01-01',
]

/** Where the portal leads (slide การใช้งานเอกสารอื่นๆ 3–7); Smart money is named there without an address. */
export const links: readonly { readonly title: string; readonly url: string }[] = [
  { title: 'การยืม คืนครุภัณฑ์', url: 'https://inventory.nhso.go.th' },
  { title: 'การเบิกค่าใช้จ่ายในการจัดประชุม', url: 'https://vsmart.nhso.go.th/sos/' },
  { title: 'การจองรถยนต์ จองห้องประชุม', url: 'https://nhso.e-office.cloud/portal/home' },
  { title: 'งานบริหารงานบุคคล', url: 'https://sabuy.nhso.go.th/hr/' },
  { title: 'การเบิกจ่ายงบกองทุน (Smart money)', url: 'https://smart-money.saraban.example' },
]
