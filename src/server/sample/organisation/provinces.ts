/** A province, the region of the fund that it belongs to, and its letters before the numbers of its agencies. */
export interface Province {
  readonly name: string
  readonly region: number
  readonly code: string
}

const province = (region: number, name: string, code: string): Province => ({ region, name, code })

/** The seats of the thirteen regions, in their order. */
export const regionSeats = [
  'เชียงใหม่',
  'พิษณุโลก',
  'นครสวรรค์',
  'สระบุรี',
  'ราชบุรี',
  'ระยอง',
  'ขอนแก่น',
  'อุดรธานี',
  'นครราชสีมา',
  'อุบลราชธานี',
  'สุราษฎร์ธานี',
  'สงขลา',
  'กรุงเทพมหานคร',
] as const

/** Provinces with which the sample corresponds, two or so in each region. */
export const provinces: readonly Province[] = [
  province(1, 'เชียงใหม่', 'ชม'),
  province(1, 'ลำปาง', 'ลป'),
  province(1, 'เชียงราย', 'ชร'),
  province(2, 'พิษณุโลก', 'พล'),
  province(2, 'สุโขทัย', 'สท'),
  province(3, 'นครสวรรค์', 'นว'),
  province(3, 'กำแพงเพชร', 'กพ'),
  province(4, 'สระบุรี', 'สบ'),
  province(4, 'ลพบุรี', 'ลบ'),
  province(5, 'ราชบุรี', 'รบ'),
  province(5, 'นครปฐม', 'นฐ'),
  province(6, 'ระยอง', 'รย'),
  province(6, 'ชลบุรี', 'ชบ'),
  province(7, 'ขอนแก่น', 'ขก'),
  province(7, 'ร้อยเอ็ด', 'รอ'),
  province(8, 'อุดรธานี', 'อด'),
  province(8, 'สกลนคร', 'สน'),
  province(9, 'นครราชสีมา', 'นม'),
  province(9, 'สุรินทร์', 'สร'),
  province(10, 'อุบลราชธานี', 'อบ'),
  province(10, 'ศรีสะเกษ', 'ศก'),
  province(11, 'สุราษฎร์ธานี', 'สฎ'),
  province(11, 'นครศรีธรรมราช', 'นศ'),
  province(12, 'สงขลา', 'สข'),
  province(12, 'ตรัง', 'ตง'),
]
