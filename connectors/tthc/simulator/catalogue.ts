/** The invented province H99: its agencies, domains and procedures. Every code is made up. */
export interface Agency {
  readonly code: string
  readonly name: string
  /** A commune serves its own people; a department serves the province. */
  readonly level: 'province' | 'commune'
  readonly departments: readonly string[]
}

const desk = 'Bộ phận Tiếp nhận và Trả kết quả'
const department = (number: string, name: string, rooms: readonly string[]): Agency => ({
  code: `H99.${number}`,
  name: `${name} tỉnh Mẫu`,
  level: 'province',
  departments: ['Trung tâm Phục vụ hành chính công tỉnh Mẫu', ...rooms],
})
const commune = (number: number, name: string): Agency => ({
  code: `H99.${number}`,
  name: `Uỷ ban nhân dân ${name}`,
  level: 'commune',
  departments: [
    `${desk} ${name}`,
    'Phòng Văn hoá - Xã hội',
    'Phòng Kinh tế',
    'Văn phòng Uỷ ban nhân dân',
  ],
})

export const agencies: readonly Agency[] = [
  department('02', 'Sở Tư pháp', ['Phòng Hành chính tư pháp', 'Phòng Bổ trợ tư pháp']),
  department('03', 'Sở Xây dựng', ['Phòng Quản lý xây dựng', 'Phòng Quy hoạch - Kiến trúc']),
  department('04', 'Sở Công Thương', ['Phòng Quản lý thương mại', 'Phòng Kỹ thuật an toàn']),
  department('05', 'Sở Nông nghiệp và Môi trường', ['Phòng Quản lý đất đai', 'Chi cục Kiểm lâm']),
  department('06', 'Sở Y tế', ['Phòng Nghiệp vụ Y', 'Phòng Nghiệp vụ Dược']),
  department('07', 'Sở Giáo dục và Đào tạo', ['Phòng Quản lý chất lượng']),
  ...[
    'xã An Thử',
    'xã Bình Mẫu',
    'xã Cẩm Giả',
    'phường Đông Thử',
    'phường Minh Hoạ',
    'xã Tân Mẫu',
    'xã Vĩnh Thử',
    'phường Xuân Mẫu',
  ].map((name, index) => commune(14 + index, name)),
]

export interface Procedure {
  readonly code: string
  readonly name: string
  readonly domain: { readonly code: string; readonly name: string }
  readonly level: Agency['level']
  readonly workingDays: number
  /** Dong; 0 means that nothing is charged. */
  readonly fee: number
  readonly feeKind: 'fee' | 'charge'
  readonly papers: readonly string[]
  readonly result: string
  readonly databases: readonly string[]
}

const domains = {
  civil: { code: 'G99-LV01', name: 'Hộ tịch' },
  record: { code: 'G99-LV02', name: 'Lý lịch tư pháp' },
  building: { code: 'G99-LV03', name: 'Hoạt động xây dựng' },
  trade: { code: 'G99-LV04', name: 'Xúc tiến thương mại' },
  land: { code: 'G99-LV05', name: 'Đất đai' },
  health: { code: 'G99-LV06', name: 'Khám bệnh, chữa bệnh' },
  school: { code: 'G99-LV07', name: 'Văn bằng, chứng chỉ' },
  social: { code: 'G99-LV08', name: 'Bảo trợ xã hội' },
} as const

type Row = readonly [
  name: string,
  domain: keyof typeof domains,
  level: Agency['level'],
  workingDays: number,
  fee: number,
  papers: readonly string[],
  result: string,
  databases: readonly string[],
]

const identityPaper = 'Căn cước hoặc thẻ căn cước công dân của người yêu cầu'
const rows: readonly Row[] = [
  [
    'Cấp bản sao trích lục hộ tịch (thử nghiệm)',
    'civil',
    'commune',
    2,
    8_000,
    ['Tờ khai cấp bản sao trích lục hộ tịch', identityPaper],
    'Bản sao trích lục hộ tịch',
    ['population'],
  ],
  [
    'Đăng ký khai sinh (thử nghiệm)',
    'civil',
    'commune',
    1,
    0,
    ['Tờ khai đăng ký khai sinh', 'Giấy chứng sinh', identityPaper],
    'Giấy khai sinh',
    ['population'],
  ],
  [
    'Xác nhận tình trạng hôn nhân (thử nghiệm)',
    'civil',
    'commune',
    3,
    15_000,
    ['Tờ khai cấp giấy xác nhận tình trạng hôn nhân', identityPaper, 'Trích lục ghi chú ly hôn'],
    'Giấy xác nhận tình trạng hôn nhân',
    ['population'],
  ],
  [
    'Cấp phiếu lý lịch tư pháp số 1 (thử nghiệm)',
    'record',
    'province',
    10,
    200_000,
    ['Tờ khai yêu cầu cấp phiếu lý lịch tư pháp', identityPaper, 'Văn bản uỷ quyền'],
    'Phiếu lý lịch tư pháp số 1',
    ['population'],
  ],
  [
    'Cấp giấy phép xây dựng nhà ở riêng lẻ (thử nghiệm)',
    'building',
    'commune',
    15,
    75_000,
    [
      'Đơn đề nghị cấp giấy phép xây dựng',
      'Giấy tờ chứng minh quyền sử dụng đất',
      'Bản vẽ thiết kế xây dựng',
      'Bản cam kết bảo đảm an toàn công trình liền kề',
    ],
    'Giấy phép xây dựng',
    ['population'],
  ],
  [
    'Cấp chứng chỉ hành nghề hoạt động xây dựng hạng III (thử nghiệm)',
    'building',
    'province',
    20,
    300_000,
    [
      'Đơn đề nghị cấp chứng chỉ hành nghề',
      'Văn bằng chuyên môn',
      'Bản khai kinh nghiệm nghề nghiệp',
      'Ảnh 4x6',
    ],
    'Chứng chỉ hành nghề hoạt động xây dựng',
    ['population'],
  ],
  [
    'Thông báo hoạt động khuyến mại (thử nghiệm)',
    'trade',
    'province',
    5,
    0,
    ['Thông báo thực hiện khuyến mại', 'Giấy uỷ quyền'],
    'Văn bản tiếp nhận thông báo khuyến mại',
    ['population'],
  ],
  [
    'Đăng ký biến động quyền sử dụng đất (thử nghiệm)',
    'land',
    'province',
    10,
    50_000,
    [
      'Đơn đăng ký biến động đất đai',
      'Bản gốc giấy chứng nhận đã cấp',
      'Hợp đồng chuyển nhượng đã công chứng',
      'Tờ khai lệ phí trước bạ',
      'Tờ khai thuế thu nhập cá nhân',
    ],
    'Giấy chứng nhận quyền sử dụng đất',
    ['population'],
  ],
  [
    'Cấp giấy phép hoạt động phòng khám (thử nghiệm)',
    'health',
    'province',
    30,
    4_300_000,
    [
      'Đơn đề nghị cấp giấy phép hoạt động',
      'Danh sách người hành nghề',
      'Bản kê khai cơ sở vật chất',
      'Tài liệu chứng minh điều kiện hoạt động',
      'Quyết định thành lập',
    ],
    'Giấy phép hoạt động khám bệnh, chữa bệnh',
    ['population'],
  ],
  [
    'Cấp bản sao văn bằng từ sổ gốc (thử nghiệm)',
    'school',
    'province',
    2,
    0,
    ['Đơn đề nghị cấp bản sao văn bằng', identityPaper],
    'Bản sao văn bằng từ sổ gốc',
    ['population'],
  ],
  [
    'Xác định mức độ khuyết tật (thử nghiệm)',
    'social',
    'commune',
    25,
    0,
    ['Đơn đề nghị xác định mức độ khuyết tật', 'Bản sao hồ sơ bệnh án', identityPaper],
    'Giấy xác nhận khuyết tật',
    ['population'],
  ],
  [
    'Trợ cấp xã hội hằng tháng (thử nghiệm)',
    'social',
    'commune',
    10,
    0,
    ['Tờ khai đề nghị trợ giúp xã hội', identityPaper, 'Giấy xác nhận khuyết tật'],
    'Quyết định trợ cấp xã hội hằng tháng',
    ['population'],
  ],
]

const procedures: readonly Procedure[] = rows.map(
  ([name, domain, level, workingDays, fee, papers, result, databases], index) => ({
    code: `9.${String(index + 1).padStart(6, '0')}`,
    name,
    domain: domains[domain],
    level,
    workingDays,
    fee,
    feeKind: fee > 100_000 ? 'charge' : 'fee',
    papers,
    result,
    databases,
  }),
)

export const proceduresOf = (level: Agency['level']): readonly Procedure[] =>
  procedures.filter((procedure) => procedure.level === level)
