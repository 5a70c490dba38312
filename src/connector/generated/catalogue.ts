// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Mục danh mục thay đổi / Catalogue item changed
 *
 * Một mã trong danh mục dùng chung được thêm, đổi nội dung, cấp lại cho bản ghi khác, hoặc nguồn không còn. Chủ đề của bản tin là danh mục và mã.
 */
export interface ItemChanged {
  /**
   * Danh mục / Catalogue
   *
   * Tên danh mục, ví dụ procedures, agencies, administrative-units.
   */
  catalogue: string
  /**
   * Mã / Code
   *
   * Mã của mục, đúng như nguồn viết; không có dấu gạch chéo, không chỉ gồm dấu chấm.
   */
  code: string
  /**
   * Đổi gì / Change
   *
   * added: mới có hoặc có lại; changed: đổi nội dung; reissued: mã cũ, bản ghi khác; vanished: nguồn không còn.
   */
  change: 'added' | 'changed' | 'reissued' | 'vanished'
  /**
   * Phiên bản / Version
   *
   * Tăng một sau mỗi thay đổi của mục này.
   */
  version: number
  /**
   * Có hiệu lực từ ngày / Valid from
   *
   * Ngày đầu; không có thì không rõ.
   */
  validFrom?: string
  /**
   * Hết hiệu lực sau ngày / Valid to
   *
   * Ngày cuối, tính cả ngày này, khi nguồn nói rõ.
   */
  validTo?: string
  /**
   * Nội dung / Content
   *
   * Toàn bộ nội dung mới của mục; không có khi vanished.
   */
  content?: {
    [k: string]: unknown
  }
}
/**
 * Thủ tục hành chính trong danh mục / Procedure
 *
 * Nội dung một thủ tục hành chính theo Cơ sở dữ liệu quốc gia về TTHC. Điều nguồn không nói thì không có ở đây. Mã kênh, trạng thái, đối tượng giữ nguyên như nguồn viết.
 */
export interface Procedure {
  /**
   * Tên thủ tục / Name
   *
   * Tên thủ tục hành chính.
   */
  name: string
  /**
   * Mã bản ghi ở nguồn / Id at the source
   *
   * Mã của bản ghi tại nguồn; cùng mã thủ tục mà mã này khác là đã cấp lại. Qua mapi có tiền tố mapi:, vì chưa ai nói hai kho mã là một.
   */
  sourceId?: string
  /**
   * Trạng thái / State
   *
   * Trạng thái như nguồn viết, ví dụ ACTIVE, UPDATED; qua mapi 1 là công khai.
   */
  state?: string
  /**
   * Loại / Kind
   *
   * STANDARD: chung cả nước; SPECIFIC: đặc thù của một tỉnh; giữ nguyên như nguồn viết.
   */
  kind?: string
  domain?: ProcedureNamed
  /**
   * Cơ quan công bố / Promulgated by
   *
   * Tên cơ quan ban hành, công bố.
   */
  promulgatedBy?: string
  /**
   * Mã cơ quan công bố / Code of who promulgated
   *
   * Khi nguồn chỉ cho mã mà không cho tên (mapi).
   */
  promulgatedByCode?: string
  /**
   * Mô tả / Description
   *
   * Mô tả của nguồn.
   */
  description?: string
  /**
   * Yêu cầu, điều kiện / Requirements
   *
   * Yêu cầu, điều kiện thực hiện.
   */
  requirements?: string
  /**
   * Nơi tiếp nhận / Received at
   *
   * Địa chỉ tiếp nhận hồ sơ, bằng chữ.
   */
  receivedAt?: string
  /**
   * Cấp xã / Ward level
   *
   * Thủ tục thực hiện ở cấp xã, khi nguồn nói rõ.
   */
  ward?: boolean
  /**
   * Cấp thực hiện / Levels
   *
   * Các cấp thực hiện, khi nguồn nói (mapi).
   */
  levels?: ProcedureNamed1[]
  /**
   * Đối tượng thực hiện / Subjects
   *
   * Ai làm thủ tục.
   */
  subjects?: ProcedureNamed1[]
  /**
   * Cơ quan thực hiện / Executing agencies
   *
   * Cơ quan thực hiện.
   */
  executing?: ProcedureNamed1[]
  /**
   * Cơ quan có thẩm quyền / Deciding agencies
   *
   * Cơ quan có thẩm quyền quyết định.
   */
  authority?: ProcedureNamed1[]
  /**
   * Cơ quan được uỷ quyền / Authorised agencies
   *
   * Cơ quan được uỷ quyền.
   */
  authorised?: ProcedureNamed1[]
  /**
   * Cơ quan phối hợp / Coordinating agencies
   *
   * Cơ quan phối hợp.
   */
  coordinating?: ProcedureNamed1[]
  /**
   * Kết quả / Results
   *
   * Kết quả thực hiện, mã giấy tờ kết quả.
   */
  results?: ProcedureNamed1[]
  /**
   * Căn cứ pháp lý / Legal bases
   *
   * Văn bản làm căn cứ.
   */
  legalBases?: ProcedureNamed1[]
  /**
   * Trình tự / Steps
   *
   * Các bước thực hiện, đúng thứ tự.
   */
  steps?: {
    /**
     * Trường hợp / Case
     *
     * Trường hợp mà bước này thuộc về, khi nguồn chia theo trường hợp (mapi).
     */
    case?: string
    /**
     * Bước / Step
     *
     * Tên bước.
     */
    name?: string
    /**
     * Diễn giải / Description
     *
     * Nội dung bước.
     */
    description?: string
  }[]
  /**
   * Cách thức thực hiện / Methods
   *
   * Kênh nộp, thời hạn, phí.
   */
  methods?: {
    /**
     * Kênh / Channel
     *
     * Kênh nộp như nguồn viết.
     */
    channel?: string
    /**
     * Thời hạn / Time
     *
     * Số đơn vị thời gian; không có khi nguồn chỉ nói bằng chữ.
     */
    time?: number
    /**
     * Đơn vị thời gian / Unit
     *
     * WORKING_DAY, DAY, MONTH, HOUR, OTHER như nguồn viết.
     */
    unit?: string
    /**
     * Diễn giải / Description
     *
     * Diễn giải của nguồn.
     */
    description?: string
    /**
     * Phí, lệ phí / Fees
     *
     * Danh sách rỗng nghĩa là nguồn không khai, không phải miễn phí.
     */
    fees: {
      /**
       * Loại / Kind
       *
       * Loại phí như nguồn viết.
       */
      kind?: string
      /**
       * Số tiền, đồng / Amount
       *
       * Không có khi số tiền chỉ nằm trong lời diễn giải.
       */
      amount?: number
      /**
       * Diễn giải / Description
       *
       * Diễn giải của nguồn.
       */
      description?: string
    }[]
  }[]
  /**
   * Trường hợp hồ sơ / Cases
   *
   * Thành phần hồ sơ theo từng trường hợp.
   */
  cases?: {
    /**
     * Trường hợp / Case
     *
     * Tên trường hợp.
     */
    name?: string
    /**
     * Thành phần hồ sơ / Components
     *
     * Giấy tờ phải nộp.
     */
    components: {
      /**
       * Mã giấy tờ / Paper code
       *
       * Mã giấy tờ.
       */
      code?: string
      /**
       * Tên giấy tờ / Paper name
       *
       * Tên giấy tờ.
       */
      name: string
      /**
       * Số bản chính / Originals
       *
       * Số bản chính.
       */
      originals?: number
      /**
       * Số bản sao / Copies
       *
       * Số bản sao.
       */
      copies?: number
      /**
       * Có biểu mẫu điện tử / Electronic form
       *
       * Có biểu mẫu điện tử.
       */
      electronicForm?: boolean
      /**
       * Là kết quả của thủ tục khác / Is a result
       *
       * Giấy tờ là kết quả giải quyết của thủ tục khác.
       */
      isResult?: boolean
      /**
       * Mã kết quả thay thế / Result in its place
       *
       * Mã kết quả của thủ tục khác dùng thay giấy tờ này (MA_KQ_THAYTHE, mapi): khoá để tái sử dụng kết quả.
       */
      resultCode?: string
      /**
       * Tên tệp mẫu đơn / Form files
       *
       * Tên tệp mẫu đơn, tờ khai.
       */
      forms?: string[]
    }[]
  }[]
}
/**
 * Lĩnh vực / Domain
 *
 * Lĩnh vực của thủ tục.
 */
export interface ProcedureNamed {
  /**
   * Mã / Code
   *
   * Mã như nguồn viết.
   */
  code?: string
  /**
   * Tên / Name
   *
   * Tên.
   */
  name?: string
}
/**
 * Mã và tên / Code and name
 *
 * Có ít nhất một trong hai.
 */
export interface ProcedureNamed1 {
  /**
   * Mã / Code
   *
   * Mã như nguồn viết.
   */
  code?: string
  /**
   * Tên / Name
   *
   * Tên.
   */
  name?: string
}
