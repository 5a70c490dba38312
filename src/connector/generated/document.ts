// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Đã nhận văn bản điện tử / Received a document
 *
 * Văn bản điện tử theo QCVN 102:2016/BTTTT; tệp theo tham chiếu. Chủ đề là khoá theo dõi. Không có phần chữ ký số: liên thông không ký và không kiểm tra chữ ký.
 */
export interface EdocReceived {
  /**
   * Khoá theo dõi / Key
   *
   * Chủ đề của bản tin, vì DocumentId có dấu phẩy và chữ tiếng Việt. Nơi gửi tự đặt, một khoá cho một văn bản; văn bản nhận về: vb- và SHA-256 của DocumentId.
   */
  key: string
  /**
   * Mã văn bản / Document id
   *
   * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
   */
  documentId: string
  /**
   * Cơ quan gửi / From
   *
   * Cơ quan ban hành và gửi.
   */
  from: {
    /**
     * Mã cơ quan / Organ id
     *
     * Mã định danh cơ quan trên trục (OrganId).
     */
    organId: string
    /**
     * Tên cơ quan / Name
     *
     * OrganName.
     */
    name: string
    /**
     * Cơ quan chủ quản / In charge
     *
     * OrganizationInCharge.
     */
    inCharge?: string
    /**
     * Địa chỉ / Address
     *
     * OrganAdd.
     */
    address?: string
    /**
     * Thư điện tử / Email
     *
     * Của cơ quan.
     */
    email?: string
    /**
     * Điện thoại / Telephone
     *
     * Của cơ quan.
     */
    phone?: string
    /**
     * Fax / Fax
     *
     * Của cơ quan.
     */
    fax?: string
    /**
     * Trang thông tin / Website
     *
     * Của cơ quan.
     */
    website?: string
  }
  /**
   * Cơ quan nhận / To
   *
   * Mọi cơ quan nhận ghi trên văn bản.
   *
   * Items: Cơ quan nhận / Receiver
   *
   * Một cơ quan nhận.
   */
  to: {
    /**
     * Mã cơ quan / Organ id
     *
     * Mã định danh cơ quan trên trục (OrganId).
     */
    organId: string
    /**
     * Tên cơ quan / Name
     *
     * OrganName.
     */
    name: string
    /**
     * Cơ quan chủ quản / In charge
     *
     * OrganizationInCharge.
     */
    inCharge?: string
    /**
     * Địa chỉ / Address
     *
     * OrganAdd.
     */
    address?: string
    /**
     * Thư điện tử / Email
     *
     * Của cơ quan.
     */
    email?: string
    /**
     * Điện thoại / Telephone
     *
     * Của cơ quan.
     */
    phone?: string
    /**
     * Fax / Fax
     *
     * Của cơ quan.
     */
    fax?: string
    /**
     * Trang thông tin / Website
     *
     * Của cơ quan.
     */
    website?: string
  }[]
  /**
   * Số ký hiệu / Code
   *
   * Số và ký hiệu của văn bản.
   */
  code: {
    /**
     * Số / Number
     *
     * CodeNumber.
     */
    number: string
    /**
     * Ký hiệu / Notation
     *
     * CodeNotation.
     */
    notation: string
  }
  /**
   * Ban hành / Promulgation
   *
   * Nơi và ngày ban hành.
   */
  promulgation: {
    /**
     * Nơi / Place
     *
     * Place.
     */
    place?: string
    /**
     * Ngày / Date
     *
     * PromulgationDate.
     */
    date: string
  }
  /**
   * Loại văn bản / Document type
   *
   * Mã và tên loại, như edXML.
   */
  documentType: {
    /**
     * Mã loại / Type
     *
     * Type.
     */
    type: string
    /**
     * Tên loại / Name
     *
     * TypeName.
     */
    name: string
    /**
     * Chi tiết / Detail
     *
     * TypeDetail.
     */
    detail?: string
  }
  /**
   * Trích yếu / Subject
   *
   * Subject: trích yếu nội dung; có thể nêu tên người.
   */
  subject: string
  /**
   * Nội dung / Content
   *
   * Content.
   */
  content?: string
  /**
   * Người ký / Signer
   *
   * SignerInfo.
   */
  signer?: {
    /**
     * Thẩm quyền / Competence
     *
     * Competence.
     */
    competence?: string
    /**
     * Chức vụ / Position
     *
     * Position.
     */
    position?: string
    /**
     * Họ tên / Full name
     *
     * FullName.
     */
    fullName: string
  }
  /**
   * Hạn trả lời / Due date
   *
   * DueDate.
   */
  dueDate?: string
  /**
   * Nơi nhận / Places
   *
   * ToPlaces, nguyên lời.
   *
   * Items: Nơi nhận / Place
   *
   * Place.
   */
  toPlaces?: string[]
  /**
   * Thông tin khác / Other
   *
   * OtherInfo, giữ nguyên lời và mã.
   */
  other?: {
    /**
     * Độ khẩn / Priority
     *
     * Priority.
     */
    priority?: string
    /**
     * Phạm vi / Sphere
     *
     * SphereOfPromulgation.
     */
    sphere?: string
    /**
     * Ký hiệu người soạn / Typer
     *
     * TyperNotation.
     */
    typerNotation?: string
    /**
     * Số bản / Copies
     *
     * PromulgationAmount.
     */
    promulgationAmount?: string
    /**
     * Số trang / Pages
     *
     * PageAmount.
     */
    pageAmount?: string
    /**
     * Hướng / Direction
     *
     * Direction.
     */
    direction?: string
    /**
     * Phụ lục / Appendixes
     *
     * Appendixes.
     *
     * Items: Phụ lục / Appendix
     *
     * Appendix.
     */
    appendixes?: string[]
  }
  /**
   * Trả lời văn bản / Response for
   *
   * Những văn bản được trả lời.
   *
   * Items: Văn bản / Document
   *
   * ResponseFor của edXML: văn bản được nói tới.
   */
  responseFor?: {
    /**
     * Mã cơ quan / Organ id
     *
     * Cơ quan ban hành văn bản đó.
     */
    organId: string
    /**
     * Số ký hiệu / Code
     *
     * Số ký hiệu văn bản đó.
     */
    code: string
    /**
     * Ngày ban hành / Promulgated on
     *
     * Ngày ban hành văn bản đó.
     */
    promulgationDate?: string
    /**
     * Mã văn bản / Document id
     *
     * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
     */
    documentId: string
  }[]
  /**
   * Loại chỉ đạo / Steering type
   *
   * SteeringType.
   */
  steeringType?: string
  /**
   * Nghiệp vụ / Business
   *
   * Bussiness của edXML (viết sai là theo quy chuẩn): văn bản mới, thu hồi, cập nhật hay thay thế. Không phải trạng thái vận chuyển trên trục.
   */
  business: {
    /**
     * Loại / Kind
     *
     * BussinessDocType: new 0, recall 1, update 2, replace 3.
     */
    kind: 'new' | 'recall' | 'update' | 'replace'
    /**
     * Mã văn bản / Document id
     *
     * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
     */
    documentId?: string
    /**
     * Lý do / Reason
     *
     * BussinessDocReason.
     */
    reason?: string
    /**
     * Có bản giấy / Paper
     *
     * Có gửi kèm bản giấy không.
     */
    paper?: boolean
    /**
     * Phần đổi / Changes
     *
     * BussinessDocumentInfo: phần nào của văn bản đổi.
     */
    changes?: {
      /**
       * Thông tin / Information
       *
       * DocumentInfo.
       */
      documentInfo?: string
      /**
       * Nơi nhận / Receivers
       *
       * DocumentReceiver.
       */
      documentReceiver?: string
      /**
       * Cơ quan / Receivers
       *
       * ReceiverList.
       *
       * Items: Cơ quan / Receiver
       *
       * Một cơ quan nhận đổi.
       */
      receivers?: {
        /**
         * Mã cơ quan / Organ id
         *
         * OrganId.
         */
        organId: string
        /**
         * Kiểu / Type
         *
         * ReceiverType, 0 hoặc 1.
         */
        receiverType: string
      }[]
    }
    /**
     * Văn bản bị thay thế / Replaced
     *
     * ReplacementInfoList.
     *
     * Items: Văn bản / Document
     *
     * Một văn bản bị thay thế.
     */
    replaces?: {
      /**
       * Mã văn bản / Document id
       *
       * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
       */
      documentId: string
      /**
       * Cơ quan / Organs
       *
       * OrganIdList.
       *
       * Items: Mã cơ quan / Organ id
       *
       * OrganId.
       */
      organIds: string[]
    }[]
    /**
     * Cán bộ / Staff
     *
     * StaffInfo: người xử lý.
     */
    staff?: {
      /**
       * Phòng ban / Department
       *
       * Department.
       */
      department?: string
      /**
       * Họ tên / Name
       *
       * Staff.
       */
      name?: string
      /**
       * Thư điện tử / Email
       *
       * Email.
       */
      email?: string
      /**
       * Di động / Mobile
       *
       * Mobile.
       */
      mobile?: string
    }
  }
  /**
   * Tệp đính kèm / Attachments
   *
   * Theo thứ tự của edXML.
   *
   * Items: Tệp đính kèm / Attachment
   *
   * Một tệp đính kèm; nội dung ở kho tệp của liên thông.
   */
  attachments: {
    /**
     * Mã tệp / File id
     *
     * Mã tệp ở liên thông.
     */
    fileId: string
    /**
     * Tên tệp / Name
     *
     * AttachmentName.
     */
    name: string
    /**
     * Kiểu nội dung / Media type
     *
     * Theo nội dung tệp.
     */
    mediaType: string
    /**
     * Số byte / Bytes
     *
     * Kích thước tệp.
     */
    size: number
    /**
     * Mô tả / Description
     *
     * Description của tệp.
     */
    description?: string
  }[]
  /**
   * Trường khác / Other fields
   *
   * Phần tử của MessageHeader không có chỗ riêng.
   *
   * Items: Trường / Field
   *
   * Một phần tử.
   */
  otherFields?: {
    /**
     * Tên / Name
     *
     * Tên phần tử.
     */
    name: string
    /**
     * Giá trị / Value
     *
     * JSON của nội dung phần tử.
     */
    value: string
  }[]
}
/**
 * Yêu cầu gửi văn bản điện tử / Request to send a document
 *
 * Văn bản điện tử theo QCVN 102:2016/BTTTT; tệp theo tham chiếu. Chủ đề là khoá theo dõi. Không có phần chữ ký số: liên thông không ký và không kiểm tra chữ ký.
 */
export interface EdocSendRequested {
  /**
   * Giao cho / Deliver to
   *
   * Cơ quan mà bản tin này giao tới, một bản tin cho một cơ quan.
   */
  deliverTo: string
  /**
   * Khoá theo dõi / Key
   *
   * Chủ đề của bản tin, vì DocumentId có dấu phẩy và chữ tiếng Việt. Nơi gửi tự đặt, một khoá cho một văn bản; văn bản nhận về: vb- và SHA-256 của DocumentId.
   */
  key: string
  /**
   * Mã văn bản / Document id
   *
   * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
   */
  documentId: string
  /**
   * Cơ quan gửi / From
   *
   * Cơ quan ban hành và gửi.
   */
  from: {
    /**
     * Mã cơ quan / Organ id
     *
     * Mã định danh cơ quan trên trục (OrganId).
     */
    organId: string
    /**
     * Tên cơ quan / Name
     *
     * OrganName.
     */
    name: string
    /**
     * Cơ quan chủ quản / In charge
     *
     * OrganizationInCharge.
     */
    inCharge?: string
    /**
     * Địa chỉ / Address
     *
     * OrganAdd.
     */
    address?: string
    /**
     * Thư điện tử / Email
     *
     * Của cơ quan.
     */
    email?: string
    /**
     * Điện thoại / Telephone
     *
     * Của cơ quan.
     */
    phone?: string
    /**
     * Fax / Fax
     *
     * Của cơ quan.
     */
    fax?: string
    /**
     * Trang thông tin / Website
     *
     * Của cơ quan.
     */
    website?: string
  }
  /**
   * Cơ quan nhận / To
   *
   * Mọi cơ quan nhận ghi trên văn bản.
   *
   * Items: Cơ quan nhận / Receiver
   *
   * Một cơ quan nhận.
   */
  to: {
    /**
     * Mã cơ quan / Organ id
     *
     * Mã định danh cơ quan trên trục (OrganId).
     */
    organId: string
    /**
     * Tên cơ quan / Name
     *
     * OrganName.
     */
    name: string
    /**
     * Cơ quan chủ quản / In charge
     *
     * OrganizationInCharge.
     */
    inCharge?: string
    /**
     * Địa chỉ / Address
     *
     * OrganAdd.
     */
    address?: string
    /**
     * Thư điện tử / Email
     *
     * Của cơ quan.
     */
    email?: string
    /**
     * Điện thoại / Telephone
     *
     * Của cơ quan.
     */
    phone?: string
    /**
     * Fax / Fax
     *
     * Của cơ quan.
     */
    fax?: string
    /**
     * Trang thông tin / Website
     *
     * Của cơ quan.
     */
    website?: string
  }[]
  /**
   * Số ký hiệu / Code
   *
   * Số và ký hiệu của văn bản.
   */
  code: {
    /**
     * Số / Number
     *
     * CodeNumber.
     */
    number: string
    /**
     * Ký hiệu / Notation
     *
     * CodeNotation.
     */
    notation: string
  }
  /**
   * Ban hành / Promulgation
   *
   * Nơi và ngày ban hành.
   */
  promulgation: {
    /**
     * Nơi / Place
     *
     * Place.
     */
    place?: string
    /**
     * Ngày / Date
     *
     * PromulgationDate.
     */
    date: string
  }
  /**
   * Loại văn bản / Document type
   *
   * Mã và tên loại, như edXML.
   */
  documentType: {
    /**
     * Mã loại / Type
     *
     * Type.
     */
    type: string
    /**
     * Tên loại / Name
     *
     * TypeName.
     */
    name: string
    /**
     * Chi tiết / Detail
     *
     * TypeDetail.
     */
    detail?: string
  }
  /**
   * Trích yếu / Subject
   *
   * Subject: trích yếu nội dung; có thể nêu tên người.
   */
  subject: string
  /**
   * Nội dung / Content
   *
   * Content.
   */
  content?: string
  /**
   * Người ký / Signer
   *
   * SignerInfo.
   */
  signer?: {
    /**
     * Thẩm quyền / Competence
     *
     * Competence.
     */
    competence?: string
    /**
     * Chức vụ / Position
     *
     * Position.
     */
    position?: string
    /**
     * Họ tên / Full name
     *
     * FullName.
     */
    fullName: string
  }
  /**
   * Hạn trả lời / Due date
   *
   * DueDate.
   */
  dueDate?: string
  /**
   * Nơi nhận / Places
   *
   * ToPlaces, nguyên lời.
   *
   * Items: Nơi nhận / Place
   *
   * Place.
   */
  toPlaces?: string[]
  /**
   * Thông tin khác / Other
   *
   * OtherInfo, giữ nguyên lời và mã.
   */
  other?: {
    /**
     * Độ khẩn / Priority
     *
     * Priority.
     */
    priority?: string
    /**
     * Phạm vi / Sphere
     *
     * SphereOfPromulgation.
     */
    sphere?: string
    /**
     * Ký hiệu người soạn / Typer
     *
     * TyperNotation.
     */
    typerNotation?: string
    /**
     * Số bản / Copies
     *
     * PromulgationAmount.
     */
    promulgationAmount?: string
    /**
     * Số trang / Pages
     *
     * PageAmount.
     */
    pageAmount?: string
    /**
     * Hướng / Direction
     *
     * Direction.
     */
    direction?: string
    /**
     * Phụ lục / Appendixes
     *
     * Appendixes.
     *
     * Items: Phụ lục / Appendix
     *
     * Appendix.
     */
    appendixes?: string[]
  }
  /**
   * Trả lời văn bản / Response for
   *
   * Những văn bản được trả lời.
   *
   * Items: Văn bản / Document
   *
   * ResponseFor của edXML: văn bản được nói tới.
   */
  responseFor?: {
    /**
     * Mã cơ quan / Organ id
     *
     * Cơ quan ban hành văn bản đó.
     */
    organId: string
    /**
     * Số ký hiệu / Code
     *
     * Số ký hiệu văn bản đó.
     */
    code: string
    /**
     * Ngày ban hành / Promulgated on
     *
     * Ngày ban hành văn bản đó.
     */
    promulgationDate?: string
    /**
     * Mã văn bản / Document id
     *
     * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
     */
    documentId: string
  }[]
  /**
   * Loại chỉ đạo / Steering type
   *
   * SteeringType.
   */
  steeringType?: string
  /**
   * Nghiệp vụ / Business
   *
   * Bussiness của edXML (viết sai là theo quy chuẩn): văn bản mới, thu hồi, cập nhật hay thay thế. Không phải trạng thái vận chuyển trên trục.
   */
  business: {
    /**
     * Loại / Kind
     *
     * BussinessDocType: new 0, recall 1, update 2, replace 3.
     */
    kind: 'new' | 'recall' | 'update' | 'replace'
    /**
     * Mã văn bản / Document id
     *
     * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
     */
    documentId?: string
    /**
     * Lý do / Reason
     *
     * BussinessDocReason.
     */
    reason?: string
    /**
     * Có bản giấy / Paper
     *
     * Có gửi kèm bản giấy không.
     */
    paper?: boolean
    /**
     * Phần đổi / Changes
     *
     * BussinessDocumentInfo: phần nào của văn bản đổi.
     */
    changes?: {
      /**
       * Thông tin / Information
       *
       * DocumentInfo.
       */
      documentInfo?: string
      /**
       * Nơi nhận / Receivers
       *
       * DocumentReceiver.
       */
      documentReceiver?: string
      /**
       * Cơ quan / Receivers
       *
       * ReceiverList.
       *
       * Items: Cơ quan / Receiver
       *
       * Một cơ quan nhận đổi.
       */
      receivers?: {
        /**
         * Mã cơ quan / Organ id
         *
         * OrganId.
         */
        organId: string
        /**
         * Kiểu / Type
         *
         * ReceiverType, 0 hoặc 1.
         */
        receiverType: string
      }[]
    }
    /**
     * Văn bản bị thay thế / Replaced
     *
     * ReplacementInfoList.
     *
     * Items: Văn bản / Document
     *
     * Một văn bản bị thay thế.
     */
    replaces?: {
      /**
       * Mã văn bản / Document id
       *
       * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
       */
      documentId: string
      /**
       * Cơ quan / Organs
       *
       * OrganIdList.
       *
       * Items: Mã cơ quan / Organ id
       *
       * OrganId.
       */
      organIds: string[]
    }[]
    /**
     * Cán bộ / Staff
     *
     * StaffInfo: người xử lý.
     */
    staff?: {
      /**
       * Phòng ban / Department
       *
       * Department.
       */
      department?: string
      /**
       * Họ tên / Name
       *
       * Staff.
       */
      name?: string
      /**
       * Thư điện tử / Email
       *
       * Email.
       */
      email?: string
      /**
       * Di động / Mobile
       *
       * Mobile.
       */
      mobile?: string
    }
  }
  /**
   * Tệp đính kèm / Attachments
   *
   * Theo thứ tự của edXML.
   *
   * Items: Tệp đính kèm / Attachment
   *
   * Một tệp đính kèm; nội dung ở kho tệp của liên thông.
   */
  attachments: {
    /**
     * Mã tệp / File id
     *
     * Mã tệp ở liên thông.
     */
    fileId: string
    /**
     * Tên tệp / Name
     *
     * AttachmentName.
     */
    name: string
    /**
     * Kiểu nội dung / Media type
     *
     * Theo nội dung tệp.
     */
    mediaType: string
    /**
     * Số byte / Bytes
     *
     * Kích thước tệp.
     */
    size: number
    /**
     * Mô tả / Description
     *
     * Description của tệp.
     */
    description?: string
  }[]
}
/**
 * Đã nhận trạng thái nghiệp vụ của văn bản / Received a business status
 *
 * Bên nhận báo đã làm gì với văn bản. Chủ đề là khoá theo dõi của văn bản được báo. Không phải trạng thái vận chuyển trên trục.
 */
export interface StatusReceived {
  /**
   * Khoá theo dõi / Key
   *
   * Chủ đề của bản tin, vì DocumentId có dấu phẩy và chữ tiếng Việt. Nơi gửi tự đặt, một khoá cho một văn bản; văn bản nhận về: vb- và SHA-256 của DocumentId.
   */
  key: string
  /**
   * Cơ quan báo / From
   *
   * Cơ quan báo trạng thái.
   */
  from: {
    /**
     * Mã cơ quan / Organ id
     *
     * Mã định danh cơ quan trên trục (OrganId).
     */
    organId: string
    /**
     * Tên cơ quan / Name
     *
     * OrganName.
     */
    name: string
    /**
     * Cơ quan chủ quản / In charge
     *
     * OrganizationInCharge.
     */
    inCharge?: string
    /**
     * Địa chỉ / Address
     *
     * OrganAdd.
     */
    address?: string
    /**
     * Thư điện tử / Email
     *
     * Của cơ quan.
     */
    email?: string
    /**
     * Điện thoại / Telephone
     *
     * Của cơ quan.
     */
    phone?: string
    /**
     * Fax / Fax
     *
     * Của cơ quan.
     */
    fax?: string
    /**
     * Trang thông tin / Website
     *
     * Của cơ quan.
     */
    website?: string
  }
  /**
   * Văn bản được báo / Document
   *
   * ResponseFor của edXML: văn bản được nói tới.
   */
  responseFor: {
    /**
     * Mã cơ quan / Organ id
     *
     * Cơ quan ban hành văn bản đó.
     */
    organId: string
    /**
     * Số ký hiệu / Code
     *
     * Số ký hiệu văn bản đó.
     */
    code: string
    /**
     * Ngày ban hành / Promulgated on
     *
     * Ngày ban hành văn bản đó.
     */
    promulgationDate?: string
    /**
     * Mã văn bản / Document id
     *
     * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
     */
    documentId: string
  }
  /**
   * Trạng thái nghiệp vụ / Business status
   *
   * 01 đã đến, 02 từ chối tiếp nhận, 03 đã tiếp nhận, 04 phân công, 05 đang xử lý, 06 hoàn thành, 13 yêu cầu lấy lại, 15 đồng ý, 16 từ chối cập nhật hoặc lấy lại. Không phải trạng thái vận chuyển trên trục.
   */
  statusCode: '01' | '02' | '03' | '04' | '05' | '06' | '13' | '15' | '16'
  /**
   * Mô tả / Description
   *
   * Description.
   */
  description?: string
  /**
   * Thời điểm / At
   *
   * Timestamp, giờ Việt Nam.
   */
  at: string
  /**
   * Cán bộ / Staff
   *
   * StaffInfo: người xử lý.
   */
  staff?: {
    /**
     * Phòng ban / Department
     *
     * Department.
     */
    department?: string
    /**
     * Họ tên / Name
     *
     * Staff.
     */
    name?: string
    /**
     * Thư điện tử / Email
     *
     * Email.
     */
    email?: string
    /**
     * Di động / Mobile
     *
     * Mobile.
     */
    mobile?: string
  }
}
/**
 * Yêu cầu gửi trạng thái nghiệp vụ của văn bản / Request to send a business status
 *
 * Bên nhận báo đã làm gì với văn bản. Chủ đề là khoá theo dõi của văn bản được báo. Không phải trạng thái vận chuyển trên trục.
 */
export interface StatusSendRequested {
  /**
   * Giao cho / Deliver to
   *
   * Cơ quan mà bản tin này giao tới, một bản tin cho một cơ quan.
   */
  deliverTo: string
  /**
   * Khoá theo dõi / Key
   *
   * Chủ đề của bản tin, vì DocumentId có dấu phẩy và chữ tiếng Việt. Nơi gửi tự đặt, một khoá cho một văn bản; văn bản nhận về: vb- và SHA-256 của DocumentId.
   */
  key: string
  /**
   * Cơ quan báo / From
   *
   * Cơ quan báo trạng thái.
   */
  from: {
    /**
     * Mã cơ quan / Organ id
     *
     * Mã định danh cơ quan trên trục (OrganId).
     */
    organId: string
    /**
     * Tên cơ quan / Name
     *
     * OrganName.
     */
    name: string
    /**
     * Cơ quan chủ quản / In charge
     *
     * OrganizationInCharge.
     */
    inCharge?: string
    /**
     * Địa chỉ / Address
     *
     * OrganAdd.
     */
    address?: string
    /**
     * Thư điện tử / Email
     *
     * Của cơ quan.
     */
    email?: string
    /**
     * Điện thoại / Telephone
     *
     * Của cơ quan.
     */
    phone?: string
    /**
     * Fax / Fax
     *
     * Của cơ quan.
     */
    fax?: string
    /**
     * Trang thông tin / Website
     *
     * Của cơ quan.
     */
    website?: string
  }
  /**
   * Văn bản được báo / Document
   *
   * ResponseFor của edXML: văn bản được nói tới.
   */
  responseFor: {
    /**
     * Mã cơ quan / Organ id
     *
     * Cơ quan ban hành văn bản đó.
     */
    organId: string
    /**
     * Số ký hiệu / Code
     *
     * Số ký hiệu văn bản đó.
     */
    code: string
    /**
     * Ngày ban hành / Promulgated on
     *
     * Ngày ban hành văn bản đó.
     */
    promulgationDate?: string
    /**
     * Mã văn bản / Document id
     *
     * DocumentId của edXML: mã cơ quan, ngày ban hành, số ký hiệu, cách nhau bằng dấu phẩy.
     */
    documentId: string
  }
  /**
   * Trạng thái nghiệp vụ / Business status
   *
   * 01 đã đến, 02 từ chối tiếp nhận, 03 đã tiếp nhận, 04 phân công, 05 đang xử lý, 06 hoàn thành, 13 yêu cầu lấy lại, 15 đồng ý, 16 từ chối cập nhật hoặc lấy lại. Không phải trạng thái vận chuyển trên trục.
   */
  statusCode: '01' | '02' | '03' | '04' | '05' | '06' | '13' | '15' | '16'
  /**
   * Mô tả / Description
   *
   * Description.
   */
  description?: string
  /**
   * Thời điểm / At
   *
   * Timestamp, giờ Việt Nam.
   */
  at: string
  /**
   * Cán bộ / Staff
   *
   * StaffInfo: người xử lý.
   */
  staff?: {
    /**
     * Phòng ban / Department
     *
     * Department.
     */
    department?: string
    /**
     * Họ tên / Name
     *
     * Staff.
     */
    name?: string
    /**
     * Thư điện tử / Email
     *
     * Email.
     */
    email?: string
    /**
     * Di động / Mobile
     *
     * Mobile.
     */
    mobile?: string
  }
}
