import type { DossierApplicant } from '../../../src/connector/index.ts'
import type { Random } from './random.ts'

/** Invented people and firms. Numbers begin with 000, which no real person's number does. */
const families = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Huỳnh',
  'Phan',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
  'Đinh',
  'Mai',
  'Trịnh',
  'Lương',
]
const middles = {
  man: ['Văn', 'Hữu', 'Đức', 'Công', 'Quang', 'Minh', 'Thành', 'Xuân', 'Đình', 'Ngọc'],
  woman: [
    'Thị',
    'Thị Ngọc',
    'Thị Thu',
    'Ngọc',
    'Thuỳ',
    'Thanh',
    'Hồng',
    'Kim',
    'Phương',
    'Thị Bích',
  ],
}
const givens = {
  man: [
    'Thử',
    'Mẫu',
    'Dũng',
    'Khánh',
    'Lâm',
    'Nam',
    'Phúc',
    'Quân',
    'Sơn',
    'Tùng',
    'Việt',
    'Bảo',
    'Cường',
    'Hải',
  ],
  woman: [
    'Mẫu',
    'An',
    'Bình',
    'Chi',
    'Dung',
    'Hà',
    'Hương',
    'Lan',
    'Mai',
    'Nga',
    'Oanh',
    'Quỳnh',
    'Thảo',
    'Yến',
  ],
}
const positions = [
  'Chuyên viên',
  'Công chức Văn phòng - Thống kê',
  'Công chức Tư pháp - Hộ tịch',
  'Phó Trưởng phòng',
  'Trưởng phòng',
]
const firms = [
  'Thử Nghiệm',
  'Mẫu Phát',
  'Giả Định',
  'Minh Hoạ',
  'An Thử',
  'Bình Mẫu',
  'Tân Thử',
  'Đại Mẫu',
]
const trades = [
  'Xây dựng',
  'Thương mại',
  'Dịch vụ',
  'Nông sản',
  'Vận tải',
  'Dược phẩm',
  'Thực phẩm',
]
const streets = ['Thử Nghiệm', 'Mẫu Đơn', 'Số Không', 'Minh Hoạ', 'Giả Lập', 'Thí Điểm']
const hamlets = ['Thôn Một', 'Thôn Hai', 'Khu phố 3', 'Tổ dân phố 4', 'Ấp Năm']

function personName(random: Random): string {
  const kind = random.chance(0.5) ? 'man' : 'woman'
  return `${random.pick(families)} ${random.pick(middles[kind])} ${random.pick(givens[kind])}`
}

export interface Officer {
  readonly name: string
  readonly position: string
}

export const officer = (random: Random): Officer => ({
  name: personName(random),
  position: random.pick(positions),
})

/** `ward` is the name of a commune; the address is text, as offices type it. */
export function applicant(random: Random, ward: string, online: boolean): DossierApplicant {
  const business = random.chance(0.18)
  const tail = random.digits(9)
  const text = `Số ${random.between(1, 400)} đường ${random.pick(streets)}, ${random.pick(hamlets)}, ${ward}, tỉnh Mẫu`
  return {
    kind: business ? 'business' : 'citizen',
    name: business
      ? `Công ty TNHH ${random.pick(trades)} ${random.pick(firms)} ${random.between(1, 99)}`
      : personName(random),
    identities: [
      business
        ? { kind: 'tax-code', number: `0${tail}` }
        : { kind: 'personal-id', number: `000${tail}` },
    ],
    ...(online && { portalAccount: `tech-${tail}-${random.digits(6)}` }),
    phone: `0000${random.digits(6)}`,
    ...((online || random.chance(0.3)) && { email: `nguoi.nop.${tail}@example.test` }),
    address: { text, provinceCode: '99', wardCode: `99${random.digits(3)}` },
  }
}
