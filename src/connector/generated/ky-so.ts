// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Trả lời lấy chứng thư số
 *
 * Trả lời từ chối không có data.
 */
export interface CertificateAnswer {
  /**
   * Mã trạng thái
   *
   * 200 là thành công; bảng mã chưa công bố.
   */
  status_code: number
  /**
   * Lời của cổng
   */
  message?: string | null
  /**
   * Nội dung
   */
  data?: {
    /**
     * Mã trạng thái
     *
     * 200 là thành công; bảng mã chưa công bố.
     */
    status_code?: number
    /**
     * Mã giao dịch
     */
    transaction_id?: string | null
    /**
     * Các chứng thư
     *
     * Items: Một chứng thư
     */
    user_certificates?: {
      /**
       * Mã chứng thư
       */
      cert_id?: string | null
      /**
       * Chứng thư, base64
       */
      cert_data: string
      /**
       * Số của chứng thư
       */
      serial_number: string
      /**
       * Mã giao dịch
       */
      transaction_id?: string | null
      [k: string]: unknown
    }[]
    [k: string]: unknown
  } | null
  [k: string]: unknown
}
/**
 * Lấy chứng thư số
 *
 * Thân của get_certificate.
 */
export interface CertificateRequest {
  /**
   * Số của người ký
   */
  user_id: string
  /**
   * Nhà cung cấp chứng thư số
   */
  ca_name: string
}
/**
 * Trả lời ký một tệp
 *
 * Tệp đã ký ở signFiles, khác chữ hoa với sign_files của yêu cầu. Trả lời từ chối không có data.
 */
export interface SignAnswer {
  /**
   * Mã trạng thái
   *
   * 200 là thành công; bảng mã chưa công bố.
   */
  status_code?: number
  /**
   * Lời của cổng
   */
  message?: string | null
  /**
   * Nội dung
   */
  data?: {
    /**
     * Mã trạng thái
     *
     * 200 là thành công; bảng mã chưa công bố.
     */
    status_code?: number
    /**
     * Lời của cổng
     */
    message?: string | null
    /**
     * Số của chứng thư
     */
    serial_number?: string | null
    /**
     * Mã giao dịch
     */
    transaction_id?: string | null
    /**
     * Các tệp đã ký
     *
     * Items: Một tệp
     */
    signFiles?: {
      /**
       * Mã tài liệu
       */
      doc_id: string
      /**
       * Tên tệp
       */
      file_name?: string | null
      /**
       * Nội dung tệp, base64
       */
      file_base64: string
      [k: string]: unknown
    }[]
    [k: string]: unknown
  } | null
  [k: string]: unknown
}
/**
 * Ký một tệp
 *
 * Thân của sign_file: một tệp mỗi lời gọi.
 */
export interface SignRequest {
  /**
   * Số của người ký
   */
  user_id: string
  /**
   * Nhà cung cấp chứng thư số
   */
  ca_name: string
  /**
   * Chứng thư, base64
   */
  cert_data: string
  /**
   * Số của chứng thư
   */
  serial_number: string
  /**
   * Mã giao dịch
   */
  transaction_id: string
  /**
   * Tệp
   *
   * Items: Một tệp
   */
  sign_files: {
    /**
     * Mã tài liệu
     */
    doc_id: string
    /**
     * Tên tệp
     */
    file_name: string
    /**
     * Nội dung tệp, base64
     */
    file_base64: string
  }[]
}
