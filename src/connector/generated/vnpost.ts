// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Trả lời của bưu điện
 *
 * Trả lời khi tạo và huỷ đơn; hai trục viết hoa, viết thường khác nhau.
 */
export interface Answer {
  /**
   * Mã kết quả
   */
  status?: string | number
  /**
   * Mã kết quả
   */
  Status?: string | number
  /**
   * Lời giải thích
   */
  message?: string | null
  /**
   * Lời giải thích
   */
  Message?: string | null
  [k: string]: unknown
}
/**
 * Huỷ đơn ở bưu điện
 *
 * Thân của lời gọi huỷ đơn.
 */
export interface CancelLgsp {
  /**
   * Mã khách hàng
   */
  CustomerCode: string
  /**
   * Số đơn
   */
  OrderNumber: string
}
/**
 * Huỷ đơn ở bưu điện
 *
 * Thân của lời gọi huỷ đơn.
 */
export interface CancelNgsp {
  /**
   * Mã khách hàng
   */
  customerCode: string
  /**
   * Số đơn
   */
  orderNumber: string
}
/**
 * Đơn gửi bưu điện qua trục của tỉnh
 *
 * Thân của lời gọi tạo đơn.
 */
export interface OrderLgsp {
  /**
   * Mã khách hàng
   */
  CustomerCode: string
  /**
   * Số đơn
   */
  OrderNumber: string
  /**
   * Tiền thu hộ, đồng
   */
  CODAmount: number
  /**
   * Mã tỉnh người gửi
   */
  SenderProvince: number
  /**
   * Mã huyện người gửi
   */
  SenderDistrict: number
  /**
   * Địa chỉ người gửi
   */
  SenderAddress: string
  /**
   * Tên người gửi
   */
  SenderName: string
  /**
   * Thư điện tử người gửi
   */
  SenderEmail: string
  /**
   * Điện thoại người gửi
   */
  SenderTel: string
  /**
   * Mã tỉnh người nhận
   */
  ReceiverProvince: number
  /**
   * Mã huyện người nhận
   */
  ReceiverDistrict: number
  /**
   * Địa chỉ người nhận
   */
  ReceiverAddress: string
  /**
   * Tên người nhận
   */
  ReceiverName: string
  /**
   * Thư điện tử người nhận
   */
  ReceiverEmail: string
  /**
   * Điện thoại người nhận
   */
  ReceiverTel: string
  /**
   * Ghi chú của người gửi
   */
  SenderDesc: string
  /**
   * Nội dung bưu gửi
   */
  Description: string
  /**
   * Mã bưu gửi, khi đã được cấp
   */
  ItemCode?: string
  /**
   * Cờ cấu hình
   */
  FlagConfig: number
}
/**
 * Đơn gửi bưu điện qua NGSP
 *
 * Thân của order/post.
 */
export interface OrderNgsp {
  /**
   * Mã khách hàng
   */
  customerCode: string
  /**
   * Số đơn
   */
  orderNumber: string
  /**
   * Tiền thu hộ, đồng
   */
  codAmount: number
  /**
   * Mã tỉnh người gửi
   */
  senderProvince: number
  /**
   * Mã huyện người gửi
   */
  senderDistrict: number
  /**
   * Địa chỉ người gửi
   */
  senderAddress: string
  /**
   * Tên người gửi
   */
  senderName: string
  /**
   * Thư điện tử người gửi
   */
  senderEmail: string
  /**
   * Điện thoại người gửi
   */
  senderTel: string
  /**
   * Mã tỉnh người nhận
   */
  receiverProvince: number
  /**
   * Mã huyện người nhận
   */
  receiverDistrict: number
  /**
   * Địa chỉ người nhận
   */
  receiverAddress: string
  /**
   * Tên người nhận
   */
  receiverName: string
  /**
   * Thư điện tử người nhận
   */
  receiverEmail: string
  /**
   * Điện thoại người nhận
   */
  receiverTel: string
  /**
   * Ghi chú của người gửi
   */
  senderDesc: string
  /**
   * Nội dung bưu gửi
   */
  description: string
}
/**
 * Trang theo dõi của bưu điện
 *
 * Trang của order/tracking. Trang trống phải nói rõ là trống.
 */
export interface TrackingAnswer {
  /**
   * Số dòng của trang; chỉ 0 khi không có _embedded
   */
  _returned?: number
  /**
   * Các dòng
   */
  _embedded?: {
    /**
     * Các dòng
     *
     * Items: Dòng theo dõi
     */
    'rh:doc': {
      /**
       * Mã dòng
       */
      _id: {
        /**
         * ObjectId
         */
        $oid: string
      }
      /**
       * Số đơn
       */
      orderNumber?: string | number | null
      /**
       * Mã trạng thái
       */
      statusCode?: string | number | null
      /**
       * Lời của bưu điện
       */
      statusMessage?: string | null
      [k: string]: unknown
    }[]
    [k: string]: unknown
  }
  [k: string]: unknown
}
