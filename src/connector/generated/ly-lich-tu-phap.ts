// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Trả lời khi gửi hồ sơ
 *
 * status và statusDescription, hoặc statusCode và errorDetail của VNeID.
 */
export interface DossierAnswer {
  /**
   * Mã trả lời
   */
  status?: string | number
  /**
   * Mô tả trạng thái
   */
  statusDescription?: string | number | null
  /**
   * Mã trả lời của VNeID
   */
  statusCode?: string | number
  /**
   * Mô tả lỗi của VNeID
   */
  errorDetail?: string | number | null
  [k: string]: unknown
}
/**
 * Gửi hồ sơ lý lịch tư pháp
 *
 * Hồ sơ một cửa và tờ khai.
 */
export interface DossierRequest {
  /**
   * Khoá
   */
  authKey: string
  /**
   * Mã tỉnh
   */
  maTinh: string
  /**
   * Tên tỉnh
   */
  tenTinh: string
  /**
   * Mã hồ sơ một cửa
   */
  maHoSoMCDT: string
  /**
   * Nguồn đăng ký
   */
  nguonDangKy: string
  /**
   * Tên nguồn đăng ký
   */
  tenNguonDangKy: string
  /**
   * Ngày tiếp nhận
   */
  ngayTiepNhan: string
  /**
   * Tờ khai
   */
  toKhai: {
    /**
     * Loại phiếu
     */
    loaiPhieu: string
    /**
     * Yêu cầu về cấm đảm nhiệm chức vụ
     */
    yeuCauCDNCV: '0' | '1'
    /**
     * Mã mục đích
     */
    maMucDich?: string
    /**
     * Mục đích
     */
    mucDich: string
    /**
     * Số lượng cấp
     */
    soLuongCap: string
    /**
     * Cha
     *
     * Tên trường khai ở tuỳ chọn names.
     */
    cha?: {
      /**
       * Trường
       *
       * This interface was referenced by `undefined`'s JSON-Schema definition
       * via the `patternProperty` "^[A-Za-z][A-Za-z0-9]*$".
       */
      [k: string]: string
    }
    /**
     * Mẹ
     *
     * Tên trường khai ở tuỳ chọn names.
     */
    me?: {
      /**
       * Trường
       *
       * This interface was referenced by `undefined`'s JSON-Schema definition
       * via the `patternProperty` "^[A-Za-z][A-Za-z0-9]*$".
       */
      [k: string]: string
    }
    /**
     * Vợ hoặc chồng
     *
     * Tên trường khai ở tuỳ chọn names.
     */
    voChong?: {
      /**
       * Trường
       *
       * This interface was referenced by `undefined`'s JSON-Schema definition
       * via the `patternProperty` "^[A-Za-z][A-Za-z0-9]*$".
       */
      [k: string]: string
    }
    /**
     * Uỷ quyền
     */
    uyQuyen: '0' | '1'
    /**
     * Quá trình cư trú
     *
     * Items: Quãng cư trú
     *
     * Tên trường khai ở tuỳ chọn names.
     */
    nycCuTru?: {
      /**
       * Trường
       *
       * This interface was referenced by `undefined`'s JSON-Schema definition
       * via the `patternProperty` "^[A-Za-z][A-Za-z0-9]*$".
       */
      [k: string]: string
    }[]
    /**
     * Tệp hồ sơ
     *
     * Items: Tệp
     */
    fileHoSo?: {
      /**
       * Tên loại tệp
       */
      tenLoaiFile: string
      /**
       * Tên tệp
       */
      tenFile: string
      /**
       * Base64
       */
      noiDungFile: string
    }[]
    /**
     * Trường
     *
     * This interface was referenced by `undefined`'s JSON-Schema definition
     * via the `patternProperty` "^(nyc(?!CuTru$)|nuq)[A-Z][A-Za-z0-9]*$".
     */
    [k: string]:
      | string
      | '0'
      | '1'
      | {
          /**
           * Trường
           *
           * This interface was referenced by `undefined`'s JSON-Schema definition
           * via the `patternProperty` "^[A-Za-z][A-Za-z0-9]*$".
           */
          [k: string]: string
        }
      | {
          /**
           * Trường
           *
           * This interface was referenced by `undefined`'s JSON-Schema definition
           * via the `patternProperty` "^[A-Za-z][A-Za-z0-9]*$".
           */
          [k: string]: string
        }[]
      | {
          /**
           * Tên loại tệp
           */
          tenLoaiFile: string
          /**
           * Tên tệp
           */
          tenFile: string
          /**
           * Base64
           */
          noiDungFile: string
        }[]
      | undefined
  }
}
/**
 * Trả lời trạng thái một hồ sơ
 *
 * Từng hồ sơ được đọc riêng.
 */
export interface StatesAnswer {
  /**
   * Mã trả lời
   */
  status?: string | number
  /**
   * Mô tả trạng thái
   */
  statusDescription?: string | number | null
  /**
   * Mã trả lời của VNeID
   */
  statusCode?: string | number
  /**
   * Mô tả lỗi của VNeID
   */
  errorDetail?: string | number | null
  /**
   * Các hồ sơ
   */
  value?: StatesAnswerHoSo[] | null
  [k: string]: unknown
}
/**
 * Hồ sơ
 */
export interface StatesAnswerHoSo {
  /**
   * Mã hồ sơ một cửa
   */
  maHoSoMCDT?: string | number | null
  /**
   * Trạng thái 1..10
   */
  trangThaiXuLy?: string | number | null
  /**
   * Kết quả
   */
  ketQuaXuLy?: {
    /**
     * Số phiếu
     */
    soPhieuLLTP?: string | number | null
    /**
     * Ngày cấp
     */
    ngayCapPhieu?: string | number | null
    /**
     * Loại phiếu
     */
    loaiPhieu?: string | number | null
    /**
     * Người ký
     */
    nguoiKy?: string | number | null
    /**
     * Phiếu, Base64
     */
    phieuLLTP?: string | number | null
    /**
     * Quyết định thu hồi
     *
     * Khuôn dạng chưa kiểm chứng: có là không nhận.
     */
    quyetDinhThuHoi?: unknown
    [k: string]: unknown
  } | null
  [k: string]: unknown
}
/**
 * Hỏi trạng thái một hồ sơ
 *
 * Một mã hồ sơ mỗi lần.
 */
export interface StatesRequest {
  /**
   * Khoá
   */
  authKey: string
  /**
   * Mã tỉnh
   */
  maTinh: string
  /**
   * Mã hồ sơ một cửa
   */
  maHoSoMCDT: string
}
