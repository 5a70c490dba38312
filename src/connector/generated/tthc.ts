// Made by scripts/generate-types.ts from schemas/. Do not edit.

/**
 * Giới tính / Sex
 *
 * Giới tính: male (nam), female (nữ), undetermined (chưa xác định).
 */
export type CivilStatusRequestedSex = 'male' | 'female' | 'undetermined'
/**
 * Trạng thái hồ sơ / Status
 *
 * Trạng thái hồ sơ, tương ứng mã 1 đến 10 của Cổng Dịch vụ công quốc gia: registered (1, mới đăng ký), accepted (2, được tiếp nhận), rejected (3, không được tiếp nhận), processing (4, đang xử lý), supplement-requested (5, yêu cầu bổ sung giấy tờ), payment-requested (6, yêu cầu thực hiện nghĩa vụ tài chính), withdrawn (7, công dân yêu cầu rút hồ sơ), stopped (8, dừng xử lý), finished (9, đã xử lý xong), returned (10, đã trả kết quả).
 */
export type DossierStatus =
  | 'registered'
  | 'accepted'
  | 'rejected'
  | 'processing'
  | 'supplement-requested'
  | 'payment-requested'
  | 'withdrawn'
  | 'stopped'
  | 'finished'
  | 'returned'

/**
 * Hồ sơ đăng ký doanh nghiệp thay đổi / Business registration dossier changed
 *
 * Một hồ sơ ở hệ thống đăng ký doanh nghiệp quốc gia như nguồn liệt kê nó: vừa tiếp nhận hoặc vừa đổi tình trạng. Chủ đề của bản tin là số biên nhận.
 */
export interface BusinessRegistrationChanged {
  /**
   * Số biên nhận / Receipt number
   *
   * Mã số biên nhận của hồ sơ tại cơ quan đăng ký kinh doanh.
   */
  receiptNumber: string
  /**
   * Loại hồ sơ / Document type
   *
   * Loại hồ sơ đăng ký, giữ nguyên chữ của nguồn: đăng ký mới, đăng ký thay đổi, tạm ngừng, giải thể, hoạt động trở lại.
   */
  documentType?: string
  /**
   * Mã số doanh nghiệp / Enterprise code
   *
   * Mã số doanh nghiệp, đồng thời là mã số thuế; chưa có khi đăng ký mới.
   */
  enterpriseCode?: string
  /**
   * Mã số nội bộ / Internal code
   *
   * Mã số nội bộ của hệ thống đăng ký doanh nghiệp.
   */
  internalCode?: string
  /**
   * Tên doanh nghiệp / Enterprise name
   *
   * Tên doanh nghiệp; có thể mang tên người.
   */
  enterpriseName?: string
  /**
   * Mã cơ quan đăng ký / Registrar code
   *
   * Mã cơ quan cấp đăng ký.
   */
  registrarCode?: string
  /**
   * Tình trạng xử lý / Status
   *
   * Tình trạng xử lý, giữ nguyên chữ hoặc mã của nguồn: danh mục chưa công bố.
   */
  status: string
  /**
   * Thời điểm đổi tình trạng / Status changed at
   *
   * Khi tình trạng hồ sơ thay đổi. Ngày, hoặc thời điểm khi nguồn ghi cả giờ.
   */
  statusChangedAt?: string
  /**
   * Ngày tiếp nhận / Received on
   *
   * Khi hồ sơ được tiếp nhận. Ngày, hoặc thời điểm khi nguồn ghi cả giờ.
   */
  receivedOn?: string
  /**
   * Ngày hẹn trả / Due on
   *
   * Khi hẹn trả kết quả. Ngày, hoặc thời điểm khi nguồn ghi cả giờ.
   */
  dueOn?: string
}
/**
 * Đã đăng ký hộ tịch / Civil status registered
 *
 * Kết quả đăng ký của hệ thống hộ tịch, để hệ thống một cửa hoàn thành và trả kết quả hồ sơ. Không phải toàn bộ hồ sơ: hệ thống hộ tịch không giữ nó. Chủ đề của bản tin là mã hồ sơ.
 */
export interface CivilStatusRegistered {
  code: string
  /**
   * Việc hộ tịch / Event
   *
   * Việc hộ tịch: birth (khai sinh), death (khai tử), linked-birth, linked-death (dịch vụ công liên thông khai sinh, khai tử).
   */
  event: 'birth' | 'death' | 'linked-birth' | 'linked-death'
  /**
   * Thời điểm hoàn thành / Registered at
   *
   * Thời điểm hệ thống hộ tịch báo hoàn thành.
   */
  registeredAt: string
  /**
   * Người xử lý / Registered by
   *
   * Họ tên cán bộ hoàn thành việc đăng ký.
   */
  registeredBy?: string
  /**
   * Ghi trong sổ / Entry
   *
   * Chỗ ghi trong sổ hộ tịch.
   */
  entry: {
    /**
     * Số đăng ký / Number
     *
     * Số đăng ký.
     */
    number: string
    /**
     * Ngày đăng ký / Date
     *
     * Ngày đăng ký, dạng YYYY-MM-DD.
     */
    date: string
    /**
     * Quyển số / Book
     *
     * Quyển số.
     */
    book?: string
    /**
     * Trang số / Page
     *
     * Trang số.
     */
    page?: string
  }
  /**
   * Số định danh được cấp / Personal id
   *
   * Số định danh cá nhân được cấp khi khai sinh, 12 chữ số.
   */
  personalId?: string
  /**
   * Bản điện tử / Certificate
   *
   * Bản điện tử của giấy kết quả.
   */
  certificate?: {
    /**
     * Loại nội dung / Media type
     *
     * Đọc từ những byte đầu của tệp.
     */
    mediaType: 'application/pdf' | 'application/octet-stream'
    /**
     * Nội dung / Content
     *
     * Nội dung tệp mã hoá Base64.
     */
    content: string
  }
}
/**
 * Yêu cầu đăng ký hộ tịch / Civil status requested
 *
 * Hồ sơ hộ tịch mà bộ phận một cửa đã tiếp nhận, chuyển tới hệ thống hộ tịch điện tử. Gửi lại cùng mã hồ sơ sau khi bổ sung là một bản tin mới. Chủ đề của bản tin là mã hồ sơ.
 */
export interface CivilStatusRequested {
  code: string
  /**
   * Mã hồ sơ liên thông / Portal code
   *
   * Mã hồ sơ dịch vụ công liên thông trên Cổng; bắt buộc với việc liên thông.
   */
  portalCode?: string
  /**
   * Mã đơn vị đăng ký / Unit code
   *
   * Mã đơn vị đăng ký hộ tịch; từ 01/7/2025 là mã xã 5 chữ số.
   */
  unitCode: string
  /**
   * Việc hộ tịch / Event
   *
   * Việc hộ tịch: birth (khai sinh), death (khai tử), linked-birth, linked-death (dịch vụ công liên thông khai sinh, khai tử).
   */
  event: 'birth' | 'death' | 'linked-birth' | 'linked-death'
  /**
   * Thời điểm tiếp nhận / Received at
   *
   * Thời điểm bộ phận một cửa tiếp nhận.
   */
  receivedAt: string
  birth?: CivilStatusRequestedBirthForm
  death?: CivilStatusRequestedDeathForm
  /**
   * Giấy tờ đính kèm / Attachments
   *
   * Các giấy tờ kèm nội dung.
   */
  attachments?: CivilStatusRequestedAttachment[]
}
/**
 * Tờ khai đăng ký khai sinh / Birth form
 *
 * Nội dung đăng ký khai sinh.
 */
export interface CivilStatusRequestedBirthForm {
  certificate?: CivilStatusRequestedCertificate
  registration: CivilStatusRequestedRegistration
  /**
   * Người được khai sinh / Child
   *
   * Người được khai sinh.
   */
  child: {
    name: CivilStatusRequestedName
    sex: CivilStatusRequestedSex
    /**
     * Ngày sinh / Birth
     */
    birth: string
    /**
     * Ngày sinh bằng chữ / Birth in words
     *
     * Ngày sinh viết bằng chữ.
     */
    birthInWords?: string
    birthPlace: CivilStatusRequestedPlace
    homeTown?: CivilStatusRequestedPlace
    /**
     * Dân tộc / Ethnic group
     *
     * Mã dân tộc theo danh mục quốc gia.
     */
    ethnicGroup?: string
    /**
     * Quốc tịch / Nationality
     *
     * Mã quốc gia hai chữ theo ISO 3166-1.
     */
    nationality?: string
    /**
     * Loại khai sinh / Birth kind
     *
     * Loại khai sinh: ordinary (thông thường), abandoned (trẻ bị bỏ rơi), surrogate (mang thai hộ), parents-unknown (chưa xác định cha, mẹ).
     */
    birthKind?: 'ordinary' | 'abandoned' | 'surrogate' | 'parents-unknown'
  }
  mother?: CivilStatusRequestedParent
  father?: CivilStatusRequestedParent
  requester: CivilStatusRequestedRequester
}
/**
 * Giấy báo của cơ sở y tế / Certificate
 *
 * Giấy chứng sinh hoặc giấy báo tử đã được cơ sở y tế cấp số.
 */
export interface CivilStatusRequestedCertificate {
  /**
   * Số / Number
   *
   * Mã giấy chứng sinh hoặc giấy báo tử.
   */
  number: string
  /**
   * Ngày cấp / Issued on
   */
  issuedOn?: string
}
/**
 * Việc đăng ký / Registration
 *
 * Cách đăng ký.
 */
export interface CivilStatusRequestedRegistration {
  /**
   * Loại đăng ký / Kind
   *
   * Loại đăng ký: on-time (đúng hạn), late (quá hạn), again (đăng ký lại).
   */
  kind: 'on-time' | 'late' | 'again'
  /**
   * Nơi đăng ký / Place
   *
   * Cơ quan đăng ký.
   */
  place?: string
  /**
   * Số bản sao / Copies
   *
   * Số bản sao yêu cầu.
   */
  copies?: number
}
/**
 * Họ tên / Name
 *
 * Họ tên tách sẵn: liên thông không tự tách, vì họ và tên kép không đoán được.
 */
export interface CivilStatusRequestedName {
  /**
   * Họ / Family name
   *
   * Họ.
   */
  family: string
  /**
   * Chữ đệm / Middle name
   *
   * Chữ đệm, nếu có.
   */
  middle?: string
  /**
   * Tên / Given name
   *
   * Tên.
   */
  given: string
}
/**
 * Nơi chốn / Place
 *
 * Nơi chốn viết đầy đủ và, cho khuôn dạng hai cấp, tách theo đơn vị hành chính.
 */
export interface CivilStatusRequestedPlace {
  /**
   * Viết đầy đủ / In full
   *
   * Viết đầy đủ trên một dòng.
   */
  text: string
  /**
   * Địa chỉ chi tiết / Detail
   *
   * Số nhà, thôn, đường, cơ sở y tế.
   */
  detail?: string
  /**
   * Quốc gia / Country
   *
   * Mã quốc gia hai chữ theo ISO 3166-1.
   */
  country?: string
  /**
   * Mã tỉnh / Province code
   *
   * Mã tỉnh, thành phố, 2 chữ số.
   */
  provinceCode?: string
  /**
   * Mã xã / Ward code
   *
   * Mã xã, phường, đặc khu, 5 chữ số.
   */
  wardCode?: string
}
/**
 * Cha hoặc mẹ / Parent
 *
 * Cha hoặc mẹ của trẻ.
 */
export interface CivilStatusRequestedParent {
  name: CivilStatusRequestedName
  birth?: string
  /**
   * Dân tộc / Ethnic group
   *
   * Mã dân tộc theo danh mục quốc gia.
   */
  ethnicGroup?: string
  /**
   * Quốc tịch / Nationality
   *
   * Mã quốc gia hai chữ theo ISO 3166-1.
   */
  nationality?: string
  /**
   * Loại cư trú / Residence kind
   *
   * Loại cư trú: permanent (thường trú), temporary (tạm trú), current (nơi ở hiện tại).
   */
  residenceKind?: 'permanent' | 'temporary' | 'current'
  residence?: CivilStatusRequestedPlace
  identity?: CivilStatusRequestedIdentity
  personalId?: string
  /**
   * Đã xác thực / Verified
   *
   * Thông tin đã được xác thực với cơ sở dữ liệu dân cư.
   */
  verified?: boolean
}
/**
 * Giấy tờ tuỳ thân / Identity paper
 *
 * Loại và số giấy tờ tuỳ thân.
 */
export interface CivilStatusRequestedIdentity {
  /**
   * Loại định danh / Kind
   *
   * Loại số định danh: personal-id (số định danh cá nhân, căn cước, 12 chữ số), former-id (chứng minh nhân dân, 9 chữ số), passport (hộ chiếu), tax-code (mã số thuế), business-registration (mã số doanh nghiệp), agency-code (mã định danh cơ quan), other (giấy tờ khác).
   */
  kind:
    | 'personal-id'
    | 'former-id'
    | 'passport'
    | 'tax-code'
    | 'business-registration'
    | 'agency-code'
    | 'other'
  /**
   * Số định danh / Number
   *
   * Số của giấy tờ định danh, giữ nguyên số 0 ở đầu.
   */
  number: string
}
/**
 * Người yêu cầu / Requester
 *
 * Người đi đăng ký.
 */
export interface CivilStatusRequestedRequester {
  name: CivilStatusRequestedName
  /**
   * Quan hệ / Relation
   *
   * Quan hệ với người được đăng ký.
   */
  relation: string
  identity?: CivilStatusRequestedIdentity
  /**
   * Ngày cấp giấy tờ / Issued on
   */
  identityIssuedOn?: string
  /**
   * Nơi cấp giấy tờ / Issued by
   *
   * Nơi cấp giấy tờ tuỳ thân.
   */
  identityIssuedBy?: string
  /**
   * Số điện thoại / Phone
   *
   * Số điện thoại của người yêu cầu.
   */
  phone?: string
  /**
   * Thư điện tử / E-mail
   *
   * Thư điện tử của người yêu cầu.
   */
  email?: string
}
/**
 * Tờ khai đăng ký khai tử / Death form
 *
 * Nội dung đăng ký khai tử.
 */
export interface CivilStatusRequestedDeathForm {
  certificate?: CivilStatusRequestedCertificate
  registration: CivilStatusRequestedRegistration
  /**
   * Người chết / Deceased
   *
   * Người được khai tử.
   */
  deceased: {
    name: CivilStatusRequestedName
    birth?: string
    /**
     * Dân tộc / Ethnic group
     *
     * Mã dân tộc theo danh mục quốc gia.
     */
    ethnicGroup?: string
    /**
     * Quốc tịch / Nationality
     *
     * Mã quốc gia hai chữ theo ISO 3166-1.
     */
    nationality?: string
    /**
     * Loại cư trú / Residence kind
     *
     * Loại cư trú: permanent (thường trú), temporary (tạm trú), current (nơi ở hiện tại).
     */
    residenceKind?: 'permanent' | 'temporary' | 'current'
    residence?: CivilStatusRequestedPlace
    identity?: CivilStatusRequestedIdentity
    personalId?: string
    sex: CivilStatusRequestedSex
    /**
     * Ngày chết / Died on
     */
    diedOn: string
    /**
     * Giờ chết / Died at
     *
     * Giờ, phút chết, dạng HH:mm.
     */
    diedAt?: string
    deathPlace: CivilStatusRequestedPlace
    /**
     * Nguyên nhân chết / Cause
     *
     * Nguyên nhân chết.
     */
    cause?: string
  }
  /**
   * Giấy báo tử / Death notice
   *
   * Giấy báo tử hoặc giấy tờ thay giấy báo tử.
   */
  notice?: {
    /**
     * Loại / Kind
     *
     * Mã loại giấy tờ theo danh mục của hệ thống hộ tịch.
     */
    kind: string
    /**
     * Số / Number
     *
     * Số giấy.
     */
    number: string
    /**
     * Ngày cấp / Issued on
     */
    issuedOn?: string
    /**
     * Cơ quan cấp / Issued by
     *
     * Cơ quan cấp giấy.
     */
    issuedBy?: string
  }
  requester: CivilStatusRequestedRequester
}
/**
 * Giấy tờ đính kèm / Attachment
 *
 * Một giấy tờ kèm nội dung.
 */
export interface CivilStatusRequestedAttachment {
  /**
   * Mã / Id
   *
   * Mã của giấy tờ trong hồ sơ.
   */
  id: string
  /**
   * Loại giấy tờ / Kind
   *
   * Mã loại giấy tờ theo danh mục của hệ thống hộ tịch.
   */
  kind: string
  /**
   * Tên giấy tờ / Name
   *
   * Tên giấy tờ.
   */
  name: string
  /**
   * Tên tệp / File name
   *
   * Tên tệp.
   */
  fileName: string
  /**
   * Nội dung / Content
   *
   * Nội dung tệp mã hoá Base64, trong giới hạn của một bản tin.
   */
  content: string
}
/**
 * Giấy tờ tuỳ thân / Identity paper
 *
 * Loại và số giấy tờ tuỳ thân.
 */
export interface DossierIdentity {
  /**
   * Loại định danh / Kind
   *
   * Loại số định danh: personal-id (số định danh cá nhân, căn cước, 12 chữ số), former-id (chứng minh nhân dân, 9 chữ số), passport (hộ chiếu), tax-code (mã số thuế), business-registration (mã số doanh nghiệp), agency-code (mã định danh cơ quan), other (giấy tờ khác).
   */
  kind:
    | 'personal-id'
    | 'former-id'
    | 'passport'
    | 'tax-code'
    | 'business-registration'
    | 'agency-code'
    | 'other'
  /**
   * Số định danh / Number
   *
   * Số của giấy tờ định danh, giữ nguyên số 0 ở đầu.
   */
  number: string
}
/**
 * Đã cấp phiếu lý lịch tư pháp / Criminal record issued
 *
 * Phiếu mà hệ thống lý lịch tư pháp đã cấp, để hệ thống một cửa hoàn thành và trả kết quả hồ sơ. Không phải toàn bộ hồ sơ. Chủ đề của bản tin là mã hồ sơ.
 */
export interface CriminalRecordIssued {
  code: string
  /**
   * Số phiếu / Number
   *
   * Số phiếu lý lịch tư pháp.
   */
  number: string
  /**
   * Ngày cấp / Issued on
   *
   * Ngày cấp phiếu, dạng YYYY-MM-DD.
   */
  issuedOn: string
  /**
   * Loại phiếu / Kind
   *
   * Loại phiếu lý lịch tư pháp: no-1 (số 1), no-2 (số 2).
   */
  kind: 'no-1' | 'no-2'
  /**
   * Người ký / Signer
   *
   * Họ tên người ký phiếu.
   */
  signer?: string
  /**
   * Bản điện tử / Document
   *
   * Bản điện tử của phiếu.
   */
  document?: {
    /**
     * Loại nội dung / Media type
     *
     * Đọc từ những byte đầu của tệp.
     */
    mediaType: 'application/pdf' | 'application/octet-stream'
    /**
     * Nội dung / Content
     *
     * Nội dung tệp mã hoá Base64.
     */
    content: string
  }
}
/**
 * Yêu cầu cấp phiếu lý lịch tư pháp / Criminal record requested
 *
 * Hồ sơ mà bộ phận một cửa đã tiếp nhận, chuyển tới hệ thống lý lịch tư pháp. Gửi lại cùng mã hồ sơ sau khi bổ sung là một bản tin mới. Chủ đề của bản tin là mã hồ sơ.
 */
export interface CriminalRecordRequested {
  code: string
  /**
   * Tiếp nhận lúc / Received at
   *
   * Thời điểm bộ phận một cửa tiếp nhận.
   */
  receivedAt: string
  /**
   * Loại phiếu / Kind
   *
   * Loại phiếu lý lịch tư pháp: no-1 (số 1), no-2 (số 2).
   */
  kind: 'no-1' | 'no-2'
  /**
   * Nêu nội dung cấm đảm nhiệm chức vụ / States prohibition
   *
   * Có yêu cầu ghi thông tin về cấm đảm nhiệm chức vụ, thành lập, quản lý doanh nghiệp, hợp tác xã hay không.
   */
  statesProhibition: boolean
  /**
   * Mục đích / Purpose
   *
   * Mục đích yêu cầu cấp phiếu.
   */
  purpose: {
    /**
     * Mã mục đích / Code
     *
     * Mã theo danh mục của hệ thống lý lịch tư pháp.
     */
    code?: string
    /**
     * Mục đích / Text
     *
     * Mục đích bằng lời.
     */
    text: string
  }
  /**
   * Số lượng cấp / Copies
   *
   * Số bản phiếu yêu cầu cấp.
   */
  copies: number
  /**
   * Người yêu cầu / Applicant
   *
   * Người được cấp phiếu.
   */
  applicant: {
    /**
     * Họ tên / Name
     *
     * Họ và tên đầy đủ.
     */
    name: string
    /**
     * Giới tính / Sex
     *
     * Giới tính.
     */
    sex: 'male' | 'female' | 'undetermined'
    /**
     * Ngày sinh / Birth
     *
     * YYYY, YYYY-MM hoặc YYYY-MM-DD: chỉ phần đã biết.
     */
    birth: string
    /**
     * Nơi sinh / Birth place
     *
     * Nơi sinh, viết đầy đủ.
     */
    birthPlace?: string
    /**
     * Quốc tịch / Nationality
     *
     * Mã nước ISO 3166-1, hai chữ.
     */
    nationality: string
    /**
     * Số định danh / Personal id
     *
     * Số định danh cá nhân, 12 chữ số.
     */
    personalId: string
    /**
     * Nơi cư trú / Residence
     *
     * Nơi cư trú hiện nay, viết đầy đủ.
     */
    residence?: string
    /**
     * Điện thoại / Phone
     *
     * Số điện thoại.
     */
    phone?: string
    /**
     * Thư điện tử / Email
     *
     * Địa chỉ thư điện tử.
     */
    email?: string
  }
  father?: CriminalRecordRequestedRelative
  mother?: CriminalRecordRequestedRelative1
  spouse?: CriminalRecordRequestedRelative2
  /**
   * Người được uỷ quyền / Proxy
   *
   * Người làm thủ tục thay theo uỷ quyền. Phiếu số 2 không được uỷ quyền.
   */
  proxy?: {
    /**
     * Họ tên / Name
     *
     * Họ và tên đầy đủ.
     */
    name: string
    /**
     * Ngày sinh / Birth
     *
     * YYYY, YYYY-MM hoặc YYYY-MM-DD: chỉ phần đã biết.
     */
    birth?: string
    /**
     * Số định danh / Personal id
     *
     * Số định danh cá nhân, 12 chữ số.
     */
    personalId: string
    /**
     * Nơi cư trú / Residence
     *
     * Nơi cư trú hiện nay, viết đầy đủ.
     */
    residence?: string
    /**
     * Điện thoại / Phone
     *
     * Số điện thoại.
     */
    phone?: string
    /**
     * Thư điện tử / Email
     *
     * Địa chỉ thư điện tử.
     */
    email?: string
  }
  /**
   * Quá trình cư trú / Stays
   *
   * Quá trình cư trú của người yêu cầu, theo thứ tự thời gian.
   */
  stays?: CriminalRecordRequestedStay[]
  /**
   * Giấy tờ đính kèm / Attachments
   *
   * Các giấy tờ kèm nội dung.
   */
  attachments?: CriminalRecordRequestedAttachment[]
}
/**
 * Cha đẻ / Father
 *
 * Cha của người yêu cầu.
 */
export interface CriminalRecordRequestedRelative {
  /**
   * Họ tên / Name
   *
   * Họ và tên đầy đủ.
   */
  name: string
  /**
   * Ngày sinh / Birth
   *
   * YYYY, YYYY-MM hoặc YYYY-MM-DD: chỉ phần đã biết.
   */
  birth?: string
  /**
   * Số định danh / Personal id
   *
   * Số định danh cá nhân, 12 chữ số.
   */
  personalId?: string
}
/**
 * Mẹ / Mother
 *
 * Mẹ của người yêu cầu.
 */
export interface CriminalRecordRequestedRelative1 {
  /**
   * Họ tên / Name
   *
   * Họ và tên đầy đủ.
   */
  name: string
  /**
   * Ngày sinh / Birth
   *
   * YYYY, YYYY-MM hoặc YYYY-MM-DD: chỉ phần đã biết.
   */
  birth?: string
  /**
   * Số định danh / Personal id
   *
   * Số định danh cá nhân, 12 chữ số.
   */
  personalId?: string
}
/**
 * Vợ hoặc chồng / Spouse
 *
 * Vợ hoặc chồng của người yêu cầu.
 */
export interface CriminalRecordRequestedRelative2 {
  /**
   * Họ tên / Name
   *
   * Họ và tên đầy đủ.
   */
  name: string
  /**
   * Ngày sinh / Birth
   *
   * YYYY, YYYY-MM hoặc YYYY-MM-DD: chỉ phần đã biết.
   */
  birth?: string
  /**
   * Số định danh / Personal id
   *
   * Số định danh cá nhân, 12 chữ số.
   */
  personalId?: string
}
/**
 * Nơi đã cư trú / Stay
 *
 * Một quãng cư trú.
 */
export interface CriminalRecordRequestedStay {
  /**
   * Từ / From
   *
   * Mốc thời gian: YYYY, YYYY-MM hoặc YYYY-MM-DD.
   */
  from: string
  /**
   * Đến / To
   *
   * Mốc thời gian: YYYY, YYYY-MM hoặc YYYY-MM-DD.
   */
  to?: string
  /**
   * Nơi cư trú / Place
   *
   * Nơi cư trú, viết đầy đủ.
   */
  place: string
  /**
   * Nghề nghiệp, nơi làm việc / Occupation
   *
   * Nghề nghiệp, nơi làm việc trong quãng ấy.
   */
  occupation?: string
}
/**
 * Giấy tờ đính kèm / Attachment
 *
 * Một giấy tờ kèm nội dung.
 */
export interface CriminalRecordRequestedAttachment {
  /**
   * Tên loại giấy tờ / Kind name
   *
   * Tên loại giấy tờ.
   */
  kindName: string
  /**
   * Tên tệp / File name
   *
   * Tên tệp.
   */
  fileName: string
  /**
   * Nội dung / Content
   *
   * Nội dung tệp mã hoá Base64.
   */
  content: string
}
/**
 * Thân nhân / Relative
 *
 * Cha, mẹ, vợ hoặc chồng.
 */
export interface CriminalRecordRequestedRelative3 {
  /**
   * Họ tên / Name
   *
   * Họ và tên đầy đủ.
   */
  name: string
  /**
   * Ngày sinh / Birth
   *
   * YYYY, YYYY-MM hoặc YYYY-MM-DD: chỉ phần đã biết.
   */
  birth?: string
  /**
   * Số định danh / Personal id
   *
   * Số định danh cá nhân, 12 chữ số.
   */
  personalId?: string
}
/**
 * Trả lời hồ sơ nộp trên Cổng / Answer to a portal-born dossier
 *
 * Kết quả xử lý bước đầu đối với hồ sơ nộp trên Cổng Dịch vụ công quốc gia. Chủ đề của bản tin là mã hồ sơ của tỉnh.
 */
export interface DossierPortalStatus {
  /**
   * Mã hồ sơ quốc gia / National code
   *
   * Mã hồ sơ do Cổng Dịch vụ công quốc gia cấp.
   */
  nationalCode: string
  /**
   * Mã hồ sơ của tỉnh / Dossier code
   *
   * Mã hồ sơ do hệ thống của tỉnh cấp.
   */
  code: string
  portalAccount?: string
  /**
   * Kết quả xử lý / Status
   *
   * Kết quả xử lý: accepted (được tiếp nhận), supplement-requested (yêu cầu bổ sung), rejected (không được tiếp nhận).
   */
  status: 'accepted' | 'supplement-requested' | 'rejected'
  /**
   * Thời điểm xử lý / Handled at
   *
   * Thời điểm cơ quan xử lý hồ sơ.
   */
  handledAt: string
  /**
   * Nội dung xử lý / Content
   *
   * Nội dung trả lời; bắt buộc khi yêu cầu bổ sung hoặc không tiếp nhận.
   */
  content?: string
  /**
   * Tài liệu xử lý / Files
   *
   * Các tài liệu kèm theo; có thể rỗng.
   */
  files: DossierPortalStatusFile[]
}
/**
 * Tài liệu xử lý / File
 *
 * Một tài liệu kèm theo kết quả xử lý.
 */
export interface DossierPortalStatusFile {
  /**
   * Mã tệp / File id
   *
   * Mã của tệp tại hệ thống nguồn.
   */
  fileId?: string
  /**
   * Tên tệp / File name
   *
   * Tên tệp đính kèm.
   */
  name: string
  /**
   * Mã thành phần hồ sơ / Component code
   *
   * Mã thành phần hồ sơ tương ứng, nếu có.
   */
  componentCode?: string
  url: string
  /**
   * Đã xoá / Deleted
   *
   * Đúng khi tệp đã gửi trước đây nay bị xoá.
   */
  deleted: boolean
}
/**
 * Tiến độ xử lý hồ sơ / Dossier progressed
 *
 * Các bước xử lý mới của một hồ sơ. Chủ đề của bản tin là mã hồ sơ.
 */
export interface DossierProgressed {
  code: string
  /**
   * Các bước xử lý / Steps
   *
   * Các bước xử lý mới, theo thứ tự thời gian.
   */
  steps: DossierProgressedStep[]
}
/**
 * Bước xử lý / Step
 *
 * Một bước trong quá trình xử lý hồ sơ.
 */
export interface DossierProgressedStep {
  /**
   * Người xử lý / Officer
   *
   * Họ tên cán bộ xử lý bước này.
   */
  officer: string
  /**
   * Chức danh / Position
   *
   * Chức danh của người xử lý.
   */
  position?: string
  /**
   * Phòng ban xử lý / Department
   *
   * Phòng ban, bộ phận xử lý.
   */
  department?: string
  /**
   * Thời điểm xử lý / At
   *
   * Thời điểm thực hiện bước xử lý.
   */
  at: string
  /**
   * Nội dung xử lý / Content
   *
   * Nội dung xử lý.
   */
  content: string
  status: DossierStatus
  /**
   * Ngày bắt đầu / Started at
   *
   * Thời điểm bắt đầu bước xử lý.
   */
  startedAt?: string
  /**
   * Hạn theo quy định / Due at
   *
   * Thời điểm phải kết thúc theo quy định.
   */
  dueAt?: string
}
/**
 * Đánh giá mức độ hài lòng theo tháng / Monthly rating
 *
 * Kết quả tổng hợp đánh giá của người dân, doanh nghiệp trong một tháng về một thủ tục tại một đơn vị. Chủ đề của bản tin là mã đơn vị, mã thủ tục và tháng, nối bằng dấu gạch chéo. Ví dụ H99.14/9.000001/2024-01.
 */
export interface DossierRated {
  agency: DossierAgency
  procedure: DossierProcedure
  /**
   * Tháng tổng hợp / Month
   *
   * Tháng tổng hợp, dạng YYYY-MM.
   */
  month: string
  /**
   * Tổng số người đánh giá / Respondents
   *
   * Tổng số lượt người đánh giá trong tháng.
   */
  respondents: number
  handling: DossierRatedSatisfaction
  service: DossierRatedSatisfaction1
  /**
   * Nội dung đánh giá / Content
   *
   * Nội dung được đưa ra đánh giá.
   */
  content?: string
  /**
   * Nội dung ý kiến / Comments
   *
   * Các ý kiến góp ý của người đánh giá.
   *
   * Items: Ý kiến / Comment
   *
   * Một ý kiến góp ý.
   */
  comments?: string[]
}
/**
 * Đơn vị được đánh giá / Rated agency
 *
 * Đơn vị mà người dân, doanh nghiệp đánh giá.
 */
export interface DossierAgency {
  code: string
  /**
   * Tên cơ quan / Agency name
   *
   * Tên đầy đủ của cơ quan, đơn vị.
   */
  name: string
}
/**
 * Thủ tục hành chính / Procedure
 *
 * Thủ tục hành chính mà hồ sơ thực hiện.
 */
export interface DossierProcedure {
  code: string
  /**
   * Tên thủ tục / Procedure name
   *
   * Tên thủ tục hành chính theo quyết định công bố.
   */
  name: string
}
/**
 * Đánh giá việc giải quyết / Handling
 *
 * Mức độ hài lòng đối với việc giải quyết hồ sơ.
 */
export interface DossierRatedSatisfaction {
  /**
   * Rất hài lòng / Very satisfied
   *
   * Tỷ lệ phần trăm rất hài lòng, 0 đến 100.
   */
  verySatisfiedPercent: number
  /**
   * Hài lòng / Satisfied
   *
   * Tỷ lệ phần trăm hài lòng, 0 đến 100.
   */
  satisfiedPercent: number
  /**
   * Chưa hài lòng / Dissatisfied
   *
   * Tỷ lệ phần trăm chưa hài lòng, 0 đến 100.
   */
  dissatisfiedPercent: number
}
/**
 * Đánh giá dịch vụ / Service
 *
 * Mức độ hài lòng đối với dịch vụ công trực tuyến.
 */
export interface DossierRatedSatisfaction1 {
  /**
   * Rất hài lòng / Very satisfied
   *
   * Tỷ lệ phần trăm rất hài lòng, 0 đến 100.
   */
  verySatisfiedPercent: number
  /**
   * Hài lòng / Satisfied
   *
   * Tỷ lệ phần trăm hài lòng, 0 đến 100.
   */
  satisfiedPercent: number
  /**
   * Chưa hài lòng / Dissatisfied
   *
   * Tỷ lệ phần trăm chưa hài lòng, 0 đến 100.
   */
  dissatisfiedPercent: number
}
/**
 * Mức độ hài lòng / Satisfaction
 *
 * Tỷ lệ phần trăm người đánh giá theo từng mức.
 */
export interface DossierRatedSatisfaction2 {
  /**
   * Rất hài lòng / Very satisfied
   *
   * Tỷ lệ phần trăm rất hài lòng, 0 đến 100.
   */
  verySatisfiedPercent: number
  /**
   * Hài lòng / Satisfied
   *
   * Tỷ lệ phần trăm hài lòng, 0 đến 100.
   */
  satisfiedPercent: number
  /**
   * Chưa hài lòng / Dissatisfied
   *
   * Tỷ lệ phần trăm chưa hài lòng, 0 đến 100.
   */
  dissatisfiedPercent: number
}
/**
 * Có kết quả giải quyết / Result issued
 *
 * Hồ sơ đã có kết quả: đã xử lý xong hoặc đã trả kết quả. Chủ đề của bản tin là mã hồ sơ.
 */
export interface DossierResultIssued {
  dossier: Dossier
  /**
   * Thời điểm có kết quả / Issued at
   *
   * Thời điểm kết quả được ban hành.
   */
  issuedAt: string
  /**
   * Người ký kết quả / Issued by
   *
   * Họ tên người ký hoặc phê duyệt kết quả.
   */
  issuedBy?: string
  /**
   * Ghi chú kết quả / Note
   *
   * Ghi chú về kết quả giải quyết.
   */
  note?: string
}
/**
 * Hồ sơ / Dossier
 *
 * Toàn bộ trạng thái của hồ sơ tại thời điểm phát sinh bản tin. Trạng thái phải là finished hoặc returned.
 */
export interface Dossier {
  code: string
  nationalCode?: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận hồ sơ do bộ phận một cửa cấp, nếu có.
   */
  receiptNumber?: string
  procedure: DossierProcedure
  domain: DossierDomain
  agency: DossierAgency1
  handlingUnit: DossierUnit
  /**
   * Kênh thực hiện / Channel
   *
   * Cách nộp hồ sơ: direct (trực tiếp), online (trực tuyến), postal (bưu chính công ích).
   */
  channel: 'direct' | 'online' | 'postal'
  /**
   * Nơi nộp hồ sơ / Submitted from
   *
   * Nơi hồ sơ được nộp: portal (Cổng Dịch vụ công quốc gia), province (hệ thống của bộ hoặc tỉnh).
   */
  submittedFrom: 'portal' | 'province'
  applicant: DossierApplicant
  /**
   * Trích yếu hồ sơ / Summary
   *
   * Trích yếu nội dung hồ sơ, tối đa 1.000 ký tự; không được cắt bớt hay điền thay.
   */
  summary: string
  /**
   * Thời điểm nộp / Submitted at
   *
   * Thời điểm người nộp gửi hồ sơ.
   */
  submittedAt: string
  /**
   * Thời điểm tiếp nhận / Accepted at
   *
   * Thời điểm hồ sơ được tiếp nhận. Bắt buộc trừ hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  acceptedAt?: string
  /**
   * Thời điểm hẹn trả / Due at
   *
   * Thời điểm hẹn trả kết quả; căn cứ tính hồ sơ đúng hạn.
   */
  dueAt?: string
  /**
   * Thời điểm kết thúc xử lý / Finished at
   *
   * Thời điểm xử lý xong; bắt buộc khi hồ sơ đã xử lý xong hoặc đã trả kết quả.
   */
  finishedAt?: string
  /**
   * Thời điểm trả kết quả / Returned at
   *
   * Thời điểm trao kết quả cho người nộp; bắt buộc khi hồ sơ đã trả kết quả.
   */
  returnedAt?: string
  /**
   * Thời điểm từ chối / Refused at
   *
   * Thời điểm hồ sơ không được tiếp nhận.
   */
  refusedAt?: string
  status: DossierStatus
  /**
   * Hình thức trả kết quả / Return method
   *
   * Cách trả kết quả: direct (trực tiếp), postal (qua bưu chính).
   */
  returnMethod: 'direct' | 'postal'
  /**
   * Thông tin trả kết quả / Return note
   *
   * Thông tin kèm theo việc trả kết quả, ví dụ người nhận thay.
   */
  returnNote?: string
  /**
   * Thông tin khác / Other information
   *
   * Thông tin khác của người nộp hoặc của hồ sơ.
   */
  otherInformation?: string
  /**
   * Ghi chú / Note
   *
   * Ghi chú, tối đa 2.000 ký tự.
   */
  note?: string
  /**
   * Có thành phần số hoá / Digitised
   *
   * Đúng khi ít nhất một thành phần hồ sơ đã được số hoá hoặc tái sử dụng.
   */
  digitised: boolean
  /**
   * Tài khoản xác thực VNeID / Verified by VNeID
   *
   * Đúng khi tài khoản nộp hồ sơ đã được xác thực với VNeID.
   */
  verifiedByVNeID: boolean
  /**
   * Thanh toán trực tuyến / Online payment
   *
   * Hồ sơ được thanh toán trực tuyến ở đâu: none (không phát sinh), portal (nền tảng của Cổng Dịch vụ công quốc gia), province (cổng thanh toán của bộ, tỉnh), offline (có phí, lệ phí nhưng không nộp trực tuyến).
   */
  onlinePayment: 'none' | 'portal' | 'province' | 'offline'
  /**
   * Cơ sở dữ liệu đã khai thác / Databases consulted
   *
   * Các cơ sở dữ liệu đã được khai thác khi giải quyết hồ sơ; danh sách rỗng khi không khai thác.
   */
  databasesConsulted: string[]
  /**
   * Thành phần hồ sơ / Components
   *
   * Các tệp thuộc thành phần hồ sơ đã nộp.
   */
  components: DossierComponent[]
  /**
   * Phí, lệ phí / Fees
   *
   * Các khoản phí, lệ phí của hồ sơ; danh sách rỗng khi hồ sơ không có phí, lệ phí.
   */
  fees: DossierFee[]
  /**
   * Giấy tờ khác / Other papers
   *
   * Các giấy tờ khác kèm theo hồ sơ, không có tệp.
   */
  otherPapers: DossierPaper[]
  /**
   * Các lần bổ sung / Supplements
   *
   * Các lần yêu cầu bổ sung hồ sơ, theo thứ tự thời gian.
   */
  supplements: DossierSupplement[]
  /**
   * Giấy tờ kết quả / Results
   *
   * Các giấy tờ là kết quả giải quyết hồ sơ.
   */
  results: DossierResult[]
}
/**
 * Lĩnh vực / Domain
 *
 * Lĩnh vực của thủ tục hành chính.
 */
export interface DossierDomain {
  code: string
  /**
   * Tên lĩnh vực / Domain name
   *
   * Tên lĩnh vực của thủ tục hành chính.
   */
  name: string
}
/**
 * Cơ quan tiếp nhận / Receiving agency
 *
 * Cơ quan, đơn vị tiếp nhận và chịu trách nhiệm về hồ sơ.
 */
export interface DossierAgency1 {
  code: string
  /**
   * Tên cơ quan / Agency name
   *
   * Tên đầy đủ của cơ quan, đơn vị.
   */
  name: string
}
/**
 * Đơn vị xử lý / Handling unit
 *
 * Đơn vị đang xử lý hồ sơ; mã định danh có thể chưa có.
 */
export interface DossierUnit {
  code?: string
  /**
   * Tên đơn vị / Unit name
   *
   * Tên đầy đủ của đơn vị xử lý.
   */
  name: string
}
/**
 * Chủ hồ sơ / Applicant
 *
 * Tổ chức, cá nhân đứng tên hồ sơ.
 */
export interface DossierApplicant {
  /**
   * Loại đối tượng / Kind
   *
   * Loại đối tượng: citizen (công dân), business (doanh nghiệp), state-agency (cơ quan nhà nước), organisation (tổ chức khác).
   */
  kind: 'citizen' | 'business' | 'state-agency' | 'organisation'
  /**
   * Tên chủ hồ sơ / Name
   *
   * Họ tên cá nhân hoặc tên tổ chức đứng tên hồ sơ.
   */
  name: string
  /**
   * Các số định danh / Identities
   *
   * Các số định danh của chủ hồ sơ, số chính đứng đầu; ít nhất một.
   */
  identities: DossierIdentity1[]
  portalAccount?: string
  phone?: string
  email?: string
  /**
   * Số fax / Fax
   *
   * Số fax của chủ hồ sơ.
   */
  fax?: string
  address?: DossierAddress
}
/**
 * Giấy tờ định danh / Identity
 *
 * Một số định danh của chủ hồ sơ.
 */
export interface DossierIdentity1 {
  /**
   * Loại định danh / Kind
   *
   * Loại số định danh: personal-id (số định danh cá nhân, căn cước, 12 chữ số), former-id (chứng minh nhân dân, 9 chữ số), passport (hộ chiếu), tax-code (mã số thuế), business-registration (mã số doanh nghiệp), agency-code (mã định danh cơ quan), other (giấy tờ khác).
   */
  kind:
    | 'personal-id'
    | 'former-id'
    | 'passport'
    | 'tax-code'
    | 'business-registration'
    | 'agency-code'
    | 'other'
  /**
   * Số định danh / Number
   *
   * Số của giấy tờ định danh, giữ nguyên số 0 ở đầu.
   */
  number: string
}
/**
 * Địa chỉ / Address
 *
 * Địa chỉ dạng văn bản và mã đơn vị hành chính, nếu có.
 */
export interface DossierAddress {
  /**
   * Địa chỉ đầy đủ / Full address
   *
   * Địa chỉ đầy đủ viết trên một dòng.
   */
  text: string
  /**
   * Mã tỉnh / Province code
   *
   * Mã tỉnh, thành phố theo danh mục của cơ quan thống kê, 2 chữ số.
   */
  provinceCode?: string
  /**
   * Mã huyện / District code
   *
   * Mã huyện, 3 chữ số; chỉ có ở địa chỉ trước ngày 01/7/2025.
   */
  districtCode?: string
  /**
   * Mã xã / Ward code
   *
   * Mã xã, phường, đặc khu, 5 chữ số.
   */
  wardCode?: string
}
/**
 * Thành phần hồ sơ / Component
 *
 * Một tệp thuộc thành phần hồ sơ, gửi bằng đường dẫn.
 */
export interface DossierComponent {
  /**
   * Mã tệp / File id
   *
   * Mã của tệp tại hệ thống nguồn.
   */
  fileId?: string
  /**
   * Tên tệp / File name
   *
   * Tên tệp đính kèm.
   */
  name: string
  /**
   * Mã thành phần hồ sơ / Component code
   *
   * Mã giấy tờ của thành phần hồ sơ trong Cơ sở dữ liệu quốc gia về thủ tục hành chính.
   */
  componentCode: string
  url: string
  /**
   * Đã xoá / Deleted
   *
   * Đúng khi tệp đã gửi trước đây nay bị xoá khỏi hồ sơ.
   */
  deleted: boolean
  /**
   * Được số hoá / Digitised
   *
   * Đúng khi thành phần này đã được số hoá.
   */
  digitised: boolean
  /**
   * Tái sử dụng / Reuse
   *
   * Việc tái sử dụng: none (không), reused (tái sử dụng giấy tờ đã số hoá), other-result (dùng kết quả của thủ tục khác thay thế).
   */
  reuse: 'none' | 'reused' | 'other-result'
  /**
   * Lấy từ kho của Cổng / From the portal's store
   *
   * Đúng khi tệp được lấy từ kho dữ liệu điện tử của tổ chức, cá nhân trên Cổng Dịch vụ công quốc gia.
   */
  fromPortalStore: boolean
  /**
   * Mã kết quả thay thế / Replacement result
   *
   * Mã giấy tờ kết quả được dùng thay cho thành phần; bắt buộc khi dùng kết quả của thủ tục khác. Ví dụ KQ.G99.000001.
   */
  replacementResult?: string
}
/**
 * Khoản phí, lệ phí / Fee
 *
 * Một khoản phí hoặc lệ phí của hồ sơ.
 */
export interface DossierFee {
  /**
   * Mã phí, lệ phí / Fee code
   *
   * Mã khoản phí, lệ phí theo danh mục.
   */
  code: string
  /**
   * Tên phí, lệ phí / Fee name
   *
   * Tên khoản phí, lệ phí.
   */
  name: string
  /**
   * Loại khoản thu / Kind
   *
   * Loại khoản thu: fee (lệ phí), charge (phí).
   */
  kind: 'fee' | 'charge'
  /**
   * Hình thức thu / Collection
   *
   * Hình thức thu: upfront (thu trước), afterwards (thu sau), exempt (đối tượng miễn phí).
   */
  collection: 'upfront' | 'afterwards' | 'exempt'
  /**
   * Số tiền / Amount
   *
   * Số tiền bằng đồng Việt Nam, số nguyên không âm.
   */
  amount: number
}
/**
 * Giấy tờ / Paper
 *
 * Một giấy tờ kèm theo hồ sơ, không có tệp.
 */
export interface DossierPaper {
  /**
   * Tên giấy tờ / Paper name
   *
   * Tên giấy tờ, tối đa 2.000 ký tự.
   */
  name: string
  /**
   * Số lượng / Quantity
   *
   * Số lượng bản, số nguyên.
   */
  quantity: number
  /**
   * Loại giấy tờ / Kind
   *
   * Mã chuẩn của loại giấy tờ, ví dụ original (bản chính), copy (bản sao); từng hệ thống đổi sang mã riêng bằng bảng mã.
   */
  kind?: string
}
/**
 * Lần bổ sung / Supplement
 *
 * Một lần yêu cầu bổ sung và việc tiếp nhận bổ sung.
 */
export interface DossierSupplement {
  /**
   * Mã lần bổ sung / Supplement id
   *
   * Số của lần bổ sung tại hệ thống nguồn, số nguyên dương.
   */
  id: number
  /**
   * Người yêu cầu bổ sung / Requested by
   *
   * Họ tên cán bộ yêu cầu bổ sung.
   */
  requestedBy: string
  /**
   * Nội dung bổ sung / Content
   *
   * Nội dung yêu cầu bổ sung.
   */
  content: string
  /**
   * Thời điểm yêu cầu / Requested at
   *
   * Thời điểm yêu cầu bổ sung.
   */
  requestedAt: string
  /**
   * Người tiếp nhận bổ sung / Received by
   *
   * Họ tên cán bộ tiếp nhận phần bổ sung.
   */
  receivedBy?: string
  /**
   * Thông tin tiếp nhận / Received content
   *
   * Thông tin về phần bổ sung đã tiếp nhận.
   */
  receivedContent?: string
  /**
   * Thời điểm tiếp nhận bổ sung / Received at
   *
   * Thời điểm tiếp nhận phần bổ sung.
   */
  receivedAt?: string
  /**
   * Đã bổ sung / Completed
   *
   * Đúng khi người nộp đã bổ sung đầy đủ.
   */
  completed?: boolean
  /**
   * Giấy tờ bổ sung / Papers
   *
   * Các giấy tờ phải bổ sung.
   */
  papers?: DossierPaper[]
  /**
   * Phí, lệ phí bổ sung / Fees
   *
   * Các khoản phí, lệ phí phải nộp thêm.
   */
  fees?: DossierFee[]
  /**
   * Hẹn trả trước đó / Previous due time
   *
   * Thời điểm hẹn trả trước khi bổ sung.
   */
  previousDueAt?: string
  /**
   * Hẹn trả mới / New due time
   *
   * Thời điểm hẹn trả sau khi bổ sung.
   */
  newDueAt?: string
}
/**
 * Giấy tờ kết quả / Result
 *
 * Một giấy tờ là kết quả giải quyết hồ sơ, gửi bằng đường dẫn.
 */
export interface DossierResult {
  /**
   * Tên giấy tờ kết quả / Name
   *
   * Tên giấy tờ kết quả, tối đa 2.000 ký tự.
   */
  name: string
  url: string
  /**
   * Mã tệp kết quả / Paper id
   *
   * Mã của giấy tờ kết quả tại hệ thống nguồn.
   */
  paperId?: string
  /**
   * Mã thành phần hồ sơ / Component code
   *
   * Mã thành phần hồ sơ tương ứng, nếu có.
   */
  componentCode?: string
  /**
   * Mã giấy tờ kết quả / Result code
   *
   * Mã giấy tờ kết quả trong Cơ sở dữ liệu quốc gia về thủ tục hành chính. Ví dụ KQ.G99.000001.
   */
  resultCode?: string
  /**
   * Số, ký hiệu / Number
   *
   * Số và ký hiệu của giấy tờ kết quả.
   */
  number?: string
  /**
   * Thời điểm ban hành / Issued at
   *
   * Thời điểm ban hành giấy tờ kết quả.
   */
  issuedAt?: string
}
/**
 * Thống kê hồ sơ theo kỳ / Dossier statistics of a period
 *
 * Số liệu tiếp nhận, giải quyết hồ sơ của một đơn vị trong một tháng hoặc một năm. Chủ đề của bản tin là mã đơn vị và kỳ, nối bằng dấu gạch chéo. Ví dụ H99.14/2024-01.
 */
export interface DossierStatisticsReported {
  agency: DossierAgency2
  /**
   * Kỳ báo cáo / Period
   *
   * Tháng (YYYY-MM) hoặc năm (YYYY).
   */
  period: string
  /**
   * Tiếp nhận mới / Newly received
   *
   * Số hồ sơ tiếp nhận mới trong kỳ.
   */
  newlyReceived: number
  /**
   * Kỳ trước chuyển sang / Carried over
   *
   * Số hồ sơ từ kỳ trước chuyển sang.
   */
  carriedOver: number
  /**
   * Tổng số / Total
   *
   * Tổng số hồ sơ phải giải quyết: tiếp nhận mới cộng kỳ trước chuyển sang.
   */
  total: number
  /**
   * Đã giải quyết / Solved
   *
   * Số hồ sơ đã giải quyết trong kỳ.
   */
  solved: number
  /**
   * Giải quyết đúng hạn / Solved in time
   *
   * Số hồ sơ đã giải quyết trước hạn và đúng hạn.
   */
  solvedInTime: number
  /**
   * Giải quyết quá hạn / Solved late
   *
   * Số hồ sơ đã giải quyết quá hạn.
   */
  solvedLate: number
  /**
   * Đang giải quyết / Pending
   *
   * Số hồ sơ còn đang giải quyết khi hết kỳ.
   */
  pending: number
  /**
   * Đang giải quyết trong hạn / Pending in time
   *
   * Số hồ sơ đang giải quyết, còn trong hạn.
   */
  pendingInTime: number
  /**
   * Đang giải quyết quá hạn / Pending late
   *
   * Số hồ sơ đang giải quyết, đã quá hạn.
   */
  pendingLate: number
  /**
   * Tỷ lệ đúng hạn / Percentage in time
   *
   * Phần trăm đúng hạn trên số đã giải quyết; chưa giải quyết hồ sơ nào thì là 0.
   */
  solvedInTimePercent: number
  /**
   * Tỷ lệ quá hạn / Percentage late
   *
   * Phần trăm quá hạn trên số đã giải quyết; chưa giải quyết hồ sơ nào thì là 0.
   */
  solvedLatePercent: number
}
/**
 * Đơn vị / Agency
 *
 * Đơn vị mà số liệu nói về.
 */
export interface DossierAgency2 {
  code: string
  /**
   * Tên cơ quan / Agency name
   *
   * Tên đầy đủ của cơ quan, đơn vị.
   */
  name: string
}
/**
 * Hồ sơ nộp trên Cổng quốc gia / Dossier submitted on the portal
 *
 * Hồ sơ được nộp trên Cổng Dịch vụ công quốc gia, chuyển về hệ thống của tỉnh để tiếp nhận. Chủ đề của bản tin là mã hồ sơ quốc gia.
 */
export interface DossierSubmitted {
  /**
   * Mã hồ sơ quốc gia / National code
   *
   * Mã hồ sơ do Cổng Dịch vụ công quốc gia cấp.
   */
  nationalCode: string
  /**
   * Thủ tục hành chính / Procedure
   *
   * Thủ tục hành chính mà hồ sơ thực hiện; Cổng có thể chỉ gửi mã.
   */
  procedure: {
    code: string
    /**
     * Tên thủ tục / Procedure name
     *
     * Tên thủ tục hành chính.
     */
    name?: string
  }
  /**
   * Cơ quan nhận / Receiving agency
   *
   * Cơ quan mà hồ sơ được gửi tới, nếu Cổng có nêu.
   */
  agency?: {
    code: string
    /**
     * Tên cơ quan / Agency name
     *
     * Tên cơ quan nhận hồ sơ.
     */
    name?: string
  }
  /**
   * Thời điểm nộp / Submitted at
   *
   * Thời điểm người nộp gửi hồ sơ trên Cổng.
   */
  submittedAt: string
  applicant: DossierApplicant
  /**
   * Người liên hệ / Contact
   *
   * Người liên hệ của chủ hồ sơ, nếu khác chủ hồ sơ.
   */
  contact?: {
    /**
     * Họ tên người liên hệ / Name
     *
     * Họ tên người liên hệ.
     */
    name: string
    phone?: string
    email?: string
  }
  /**
   * Trích yếu hồ sơ / Summary
   *
   * Trích yếu nội dung hồ sơ, nếu có.
   */
  summary?: string
  /**
   * Số văn bản / Document number
   *
   * Số văn bản của người nộp, nếu có.
   */
  documentNumber?: string
  /**
   * Nộp điều chỉnh / Amendment
   *
   * Có khi đây là lần điều chỉnh hồ sơ đã nộp.
   */
  amendment?: {
    /**
     * Lý do điều chỉnh / Reason
     *
     * Lý do điều chỉnh hồ sơ đã nộp.
     */
    reason: string
  }
  /**
   * Tệp của hồ sơ / Files
   *
   * Các tệp người nộp đã gửi; có thể rỗng.
   */
  components: DossierSubmittedFile[]
  /**
   * Tờ khai / Form
   *
   * Các trường của tờ khai điện tử, theo thứ tự trên biểu mẫu; có thể rỗng.
   */
  form: DossierSubmittedField[]
}
/**
 * Tệp đính kèm / File
 *
 * Một tệp của hồ sơ: bằng đường dẫn hoặc kèm nội dung, đúng một trong hai.
 */
export interface DossierSubmittedFile {
  /**
   * Mã tệp / File id
   *
   * Mã của tệp trên Cổng Dịch vụ công quốc gia.
   */
  fileId?: string
  /**
   * Tên tệp / File name
   *
   * Tên tệp đính kèm.
   */
  name: string
  /**
   * Mã thành phần hồ sơ / Component code
   *
   * Mã giấy tờ của thành phần hồ sơ, nếu có.
   */
  componentCode?: string
  url?: string
  /**
   * Nội dung tệp / Content
   *
   * Nội dung tệp mã hoá Base64.
   */
  content?: string
}
/**
 * Trường tờ khai / Form field
 *
 * Một trường của tờ khai điện tử, giữ nguyên như người nộp đã khai.
 */
export interface DossierSubmittedField {
  /**
   * Tên trường / Name
   *
   * Tên trường theo biểu mẫu của thủ tục.
   */
  name: string
  /**
   * Nhãn / Label
   *
   * Nhãn hiển thị của trường.
   */
  label?: string
  /**
   * Giá trị / Value
   *
   * Giá trị người nộp đã khai, dạng văn bản; có thể rỗng.
   */
  value: string
}
/**
 * Yêu cầu bổ sung hồ sơ / Supplement requested
 *
 * Cơ quan yêu cầu người nộp bổ sung hồ sơ. Chủ đề của bản tin là mã hồ sơ.
 */
export interface DossierSupplementRequested {
  dossier: Dossier1
  /**
   * Thời điểm yêu cầu / Requested at
   *
   * Thời điểm yêu cầu bổ sung.
   */
  requestedAt: string
  /**
   * Nội dung bổ sung / Content
   *
   * Nội dung người nộp phải bổ sung.
   */
  content: string
  /**
   * Người yêu cầu bổ sung / Requested by
   *
   * Họ tên cán bộ yêu cầu bổ sung.
   */
  requestedBy?: string
  /**
   * Hạn bổ sung / Supplement by
   *
   * Thời hạn người nộp phải bổ sung, nếu có.
   */
  supplementBy?: string
  /**
   * Giấy tờ phải bổ sung / Papers
   *
   * Danh sách giấy tờ phải bổ sung.
   */
  papers?: DossierPaper[]
}
/**
 * Hồ sơ / Dossier
 *
 * Toàn bộ trạng thái của hồ sơ tại thời điểm phát sinh bản tin. Trạng thái phải là supplement-requested.
 */
export interface Dossier1 {
  code: string
  nationalCode?: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận hồ sơ do bộ phận một cửa cấp, nếu có.
   */
  receiptNumber?: string
  procedure: DossierProcedure
  domain: DossierDomain
  agency: DossierAgency1
  handlingUnit: DossierUnit
  /**
   * Kênh thực hiện / Channel
   *
   * Cách nộp hồ sơ: direct (trực tiếp), online (trực tuyến), postal (bưu chính công ích).
   */
  channel: 'direct' | 'online' | 'postal'
  /**
   * Nơi nộp hồ sơ / Submitted from
   *
   * Nơi hồ sơ được nộp: portal (Cổng Dịch vụ công quốc gia), province (hệ thống của bộ hoặc tỉnh).
   */
  submittedFrom: 'portal' | 'province'
  applicant: DossierApplicant
  /**
   * Trích yếu hồ sơ / Summary
   *
   * Trích yếu nội dung hồ sơ, tối đa 1.000 ký tự; không được cắt bớt hay điền thay.
   */
  summary: string
  /**
   * Thời điểm nộp / Submitted at
   *
   * Thời điểm người nộp gửi hồ sơ.
   */
  submittedAt: string
  /**
   * Thời điểm tiếp nhận / Accepted at
   *
   * Thời điểm hồ sơ được tiếp nhận. Bắt buộc trừ hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  acceptedAt?: string
  /**
   * Thời điểm hẹn trả / Due at
   *
   * Thời điểm hẹn trả kết quả; căn cứ tính hồ sơ đúng hạn.
   */
  dueAt?: string
  /**
   * Thời điểm kết thúc xử lý / Finished at
   *
   * Thời điểm xử lý xong; bắt buộc khi hồ sơ đã xử lý xong hoặc đã trả kết quả.
   */
  finishedAt?: string
  /**
   * Thời điểm trả kết quả / Returned at
   *
   * Thời điểm trao kết quả cho người nộp; bắt buộc khi hồ sơ đã trả kết quả.
   */
  returnedAt?: string
  /**
   * Thời điểm từ chối / Refused at
   *
   * Thời điểm hồ sơ không được tiếp nhận.
   */
  refusedAt?: string
  status: DossierStatus
  /**
   * Hình thức trả kết quả / Return method
   *
   * Cách trả kết quả: direct (trực tiếp), postal (qua bưu chính).
   */
  returnMethod: 'direct' | 'postal'
  /**
   * Thông tin trả kết quả / Return note
   *
   * Thông tin kèm theo việc trả kết quả, ví dụ người nhận thay.
   */
  returnNote?: string
  /**
   * Thông tin khác / Other information
   *
   * Thông tin khác của người nộp hoặc của hồ sơ.
   */
  otherInformation?: string
  /**
   * Ghi chú / Note
   *
   * Ghi chú, tối đa 2.000 ký tự.
   */
  note?: string
  /**
   * Có thành phần số hoá / Digitised
   *
   * Đúng khi ít nhất một thành phần hồ sơ đã được số hoá hoặc tái sử dụng.
   */
  digitised: boolean
  /**
   * Tài khoản xác thực VNeID / Verified by VNeID
   *
   * Đúng khi tài khoản nộp hồ sơ đã được xác thực với VNeID.
   */
  verifiedByVNeID: boolean
  /**
   * Thanh toán trực tuyến / Online payment
   *
   * Hồ sơ được thanh toán trực tuyến ở đâu: none (không phát sinh), portal (nền tảng của Cổng Dịch vụ công quốc gia), province (cổng thanh toán của bộ, tỉnh), offline (có phí, lệ phí nhưng không nộp trực tuyến).
   */
  onlinePayment: 'none' | 'portal' | 'province' | 'offline'
  /**
   * Cơ sở dữ liệu đã khai thác / Databases consulted
   *
   * Các cơ sở dữ liệu đã được khai thác khi giải quyết hồ sơ; danh sách rỗng khi không khai thác.
   */
  databasesConsulted: string[]
  /**
   * Thành phần hồ sơ / Components
   *
   * Các tệp thuộc thành phần hồ sơ đã nộp.
   */
  components: DossierComponent[]
  /**
   * Phí, lệ phí / Fees
   *
   * Các khoản phí, lệ phí của hồ sơ; danh sách rỗng khi hồ sơ không có phí, lệ phí.
   */
  fees: DossierFee[]
  /**
   * Giấy tờ khác / Other papers
   *
   * Các giấy tờ khác kèm theo hồ sơ, không có tệp.
   */
  otherPapers: DossierPaper[]
  /**
   * Các lần bổ sung / Supplements
   *
   * Các lần yêu cầu bổ sung hồ sơ, theo thứ tự thời gian.
   */
  supplements: DossierSupplement[]
  /**
   * Giấy tờ kết quả / Results
   *
   * Các giấy tờ là kết quả giải quyết hồ sơ.
   */
  results: DossierResult[]
}
/**
 * Hồ sơ được tạo hoặc cập nhật / Dossier upserted
 *
 * Hồ sơ mới hoặc có thay đổi; mang toàn bộ trạng thái của hồ sơ. Chủ đề của bản tin là mã hồ sơ.
 */
export interface DossierUpserted {
  dossier: Dossier2
}
/**
 * Hồ sơ / Dossier
 *
 * Toàn bộ trạng thái của hồ sơ tại thời điểm phát sinh bản tin.
 */
export interface Dossier2 {
  code: string
  nationalCode?: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận hồ sơ do bộ phận một cửa cấp, nếu có.
   */
  receiptNumber?: string
  procedure: DossierProcedure
  domain: DossierDomain
  agency: DossierAgency1
  handlingUnit: DossierUnit
  /**
   * Kênh thực hiện / Channel
   *
   * Cách nộp hồ sơ: direct (trực tiếp), online (trực tuyến), postal (bưu chính công ích).
   */
  channel: 'direct' | 'online' | 'postal'
  /**
   * Nơi nộp hồ sơ / Submitted from
   *
   * Nơi hồ sơ được nộp: portal (Cổng Dịch vụ công quốc gia), province (hệ thống của bộ hoặc tỉnh).
   */
  submittedFrom: 'portal' | 'province'
  applicant: DossierApplicant
  /**
   * Trích yếu hồ sơ / Summary
   *
   * Trích yếu nội dung hồ sơ, tối đa 1.000 ký tự; không được cắt bớt hay điền thay.
   */
  summary: string
  /**
   * Thời điểm nộp / Submitted at
   *
   * Thời điểm người nộp gửi hồ sơ.
   */
  submittedAt: string
  /**
   * Thời điểm tiếp nhận / Accepted at
   *
   * Thời điểm hồ sơ được tiếp nhận. Bắt buộc trừ hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  acceptedAt?: string
  /**
   * Thời điểm hẹn trả / Due at
   *
   * Thời điểm hẹn trả kết quả; căn cứ tính hồ sơ đúng hạn.
   */
  dueAt?: string
  /**
   * Thời điểm kết thúc xử lý / Finished at
   *
   * Thời điểm xử lý xong; bắt buộc khi hồ sơ đã xử lý xong hoặc đã trả kết quả.
   */
  finishedAt?: string
  /**
   * Thời điểm trả kết quả / Returned at
   *
   * Thời điểm trao kết quả cho người nộp; bắt buộc khi hồ sơ đã trả kết quả.
   */
  returnedAt?: string
  /**
   * Thời điểm từ chối / Refused at
   *
   * Thời điểm hồ sơ không được tiếp nhận.
   */
  refusedAt?: string
  status: DossierStatus
  /**
   * Hình thức trả kết quả / Return method
   *
   * Cách trả kết quả: direct (trực tiếp), postal (qua bưu chính).
   */
  returnMethod: 'direct' | 'postal'
  /**
   * Thông tin trả kết quả / Return note
   *
   * Thông tin kèm theo việc trả kết quả, ví dụ người nhận thay.
   */
  returnNote?: string
  /**
   * Thông tin khác / Other information
   *
   * Thông tin khác của người nộp hoặc của hồ sơ.
   */
  otherInformation?: string
  /**
   * Ghi chú / Note
   *
   * Ghi chú, tối đa 2.000 ký tự.
   */
  note?: string
  /**
   * Có thành phần số hoá / Digitised
   *
   * Đúng khi ít nhất một thành phần hồ sơ đã được số hoá hoặc tái sử dụng.
   */
  digitised: boolean
  /**
   * Tài khoản xác thực VNeID / Verified by VNeID
   *
   * Đúng khi tài khoản nộp hồ sơ đã được xác thực với VNeID.
   */
  verifiedByVNeID: boolean
  /**
   * Thanh toán trực tuyến / Online payment
   *
   * Hồ sơ được thanh toán trực tuyến ở đâu: none (không phát sinh), portal (nền tảng của Cổng Dịch vụ công quốc gia), province (cổng thanh toán của bộ, tỉnh), offline (có phí, lệ phí nhưng không nộp trực tuyến).
   */
  onlinePayment: 'none' | 'portal' | 'province' | 'offline'
  /**
   * Cơ sở dữ liệu đã khai thác / Databases consulted
   *
   * Các cơ sở dữ liệu đã được khai thác khi giải quyết hồ sơ; danh sách rỗng khi không khai thác.
   */
  databasesConsulted: string[]
  /**
   * Thành phần hồ sơ / Components
   *
   * Các tệp thuộc thành phần hồ sơ đã nộp.
   */
  components: DossierComponent[]
  /**
   * Phí, lệ phí / Fees
   *
   * Các khoản phí, lệ phí của hồ sơ; danh sách rỗng khi hồ sơ không có phí, lệ phí.
   */
  fees: DossierFee[]
  /**
   * Giấy tờ khác / Other papers
   *
   * Các giấy tờ khác kèm theo hồ sơ, không có tệp.
   */
  otherPapers: DossierPaper[]
  /**
   * Các lần bổ sung / Supplements
   *
   * Các lần yêu cầu bổ sung hồ sơ, theo thứ tự thời gian.
   */
  supplements: DossierSupplement[]
  /**
   * Giấy tờ kết quả / Results
   *
   * Các giấy tờ là kết quả giải quyết hồ sơ.
   */
  results: DossierResult[]
}
/**
 * Rút hồ sơ / Dossier withdrawn
 *
 * Công dân, tổ chức yêu cầu rút hồ sơ. Chủ đề của bản tin là mã hồ sơ.
 */
export interface DossierWithdrawn {
  dossier: Dossier3
  /**
   * Thời điểm rút / Withdrawn at
   *
   * Thời điểm người nộp yêu cầu rút hồ sơ.
   */
  withdrawnAt: string
  /**
   * Lý do rút / Reason
   *
   * Lý do rút hồ sơ.
   */
  reason: string
}
/**
 * Hồ sơ / Dossier
 *
 * Toàn bộ trạng thái của hồ sơ tại thời điểm phát sinh bản tin. Trạng thái phải là withdrawn.
 */
export interface Dossier3 {
  code: string
  nationalCode?: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận hồ sơ do bộ phận một cửa cấp, nếu có.
   */
  receiptNumber?: string
  procedure: DossierProcedure
  domain: DossierDomain
  agency: DossierAgency1
  handlingUnit: DossierUnit
  /**
   * Kênh thực hiện / Channel
   *
   * Cách nộp hồ sơ: direct (trực tiếp), online (trực tuyến), postal (bưu chính công ích).
   */
  channel: 'direct' | 'online' | 'postal'
  /**
   * Nơi nộp hồ sơ / Submitted from
   *
   * Nơi hồ sơ được nộp: portal (Cổng Dịch vụ công quốc gia), province (hệ thống của bộ hoặc tỉnh).
   */
  submittedFrom: 'portal' | 'province'
  applicant: DossierApplicant
  /**
   * Trích yếu hồ sơ / Summary
   *
   * Trích yếu nội dung hồ sơ, tối đa 1.000 ký tự; không được cắt bớt hay điền thay.
   */
  summary: string
  /**
   * Thời điểm nộp / Submitted at
   *
   * Thời điểm người nộp gửi hồ sơ.
   */
  submittedAt: string
  /**
   * Thời điểm tiếp nhận / Accepted at
   *
   * Thời điểm hồ sơ được tiếp nhận. Bắt buộc trừ hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  acceptedAt?: string
  /**
   * Thời điểm hẹn trả / Due at
   *
   * Thời điểm hẹn trả kết quả; căn cứ tính hồ sơ đúng hạn.
   */
  dueAt?: string
  /**
   * Thời điểm kết thúc xử lý / Finished at
   *
   * Thời điểm xử lý xong; bắt buộc khi hồ sơ đã xử lý xong hoặc đã trả kết quả.
   */
  finishedAt?: string
  /**
   * Thời điểm trả kết quả / Returned at
   *
   * Thời điểm trao kết quả cho người nộp; bắt buộc khi hồ sơ đã trả kết quả.
   */
  returnedAt?: string
  /**
   * Thời điểm từ chối / Refused at
   *
   * Thời điểm hồ sơ không được tiếp nhận.
   */
  refusedAt?: string
  status: DossierStatus
  /**
   * Hình thức trả kết quả / Return method
   *
   * Cách trả kết quả: direct (trực tiếp), postal (qua bưu chính).
   */
  returnMethod: 'direct' | 'postal'
  /**
   * Thông tin trả kết quả / Return note
   *
   * Thông tin kèm theo việc trả kết quả, ví dụ người nhận thay.
   */
  returnNote?: string
  /**
   * Thông tin khác / Other information
   *
   * Thông tin khác của người nộp hoặc của hồ sơ.
   */
  otherInformation?: string
  /**
   * Ghi chú / Note
   *
   * Ghi chú, tối đa 2.000 ký tự.
   */
  note?: string
  /**
   * Có thành phần số hoá / Digitised
   *
   * Đúng khi ít nhất một thành phần hồ sơ đã được số hoá hoặc tái sử dụng.
   */
  digitised: boolean
  /**
   * Tài khoản xác thực VNeID / Verified by VNeID
   *
   * Đúng khi tài khoản nộp hồ sơ đã được xác thực với VNeID.
   */
  verifiedByVNeID: boolean
  /**
   * Thanh toán trực tuyến / Online payment
   *
   * Hồ sơ được thanh toán trực tuyến ở đâu: none (không phát sinh), portal (nền tảng của Cổng Dịch vụ công quốc gia), province (cổng thanh toán của bộ, tỉnh), offline (có phí, lệ phí nhưng không nộp trực tuyến).
   */
  onlinePayment: 'none' | 'portal' | 'province' | 'offline'
  /**
   * Cơ sở dữ liệu đã khai thác / Databases consulted
   *
   * Các cơ sở dữ liệu đã được khai thác khi giải quyết hồ sơ; danh sách rỗng khi không khai thác.
   */
  databasesConsulted: string[]
  /**
   * Thành phần hồ sơ / Components
   *
   * Các tệp thuộc thành phần hồ sơ đã nộp.
   */
  components: DossierComponent[]
  /**
   * Phí, lệ phí / Fees
   *
   * Các khoản phí, lệ phí của hồ sơ; danh sách rỗng khi hồ sơ không có phí, lệ phí.
   */
  fees: DossierFee[]
  /**
   * Giấy tờ khác / Other papers
   *
   * Các giấy tờ khác kèm theo hồ sơ, không có tệp.
   */
  otherPapers: DossierPaper[]
  /**
   * Các lần bổ sung / Supplements
   *
   * Các lần yêu cầu bổ sung hồ sơ, theo thứ tự thời gian.
   */
  supplements: DossierSupplement[]
  /**
   * Giấy tờ kết quả / Results
   *
   * Các giấy tờ là kết quả giải quyết hồ sơ.
   */
  results: DossierResult[]
}
/**
 * Hồ sơ thủ tục hành chính / Dossier
 *
 * Toàn bộ trạng thái của một hồ sơ tại thời điểm phát sinh bản tin. Trường không có nghĩa là nguồn không có dữ liệu; không điền giá trị thay thế. / The whole state of a dossier at one moment. A missing field means that the source does not have it; nothing is filled in.
 */
export interface Dossier4 {
  code: string
  nationalCode?: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận hồ sơ do bộ phận một cửa cấp, nếu có.
   */
  receiptNumber?: string
  procedure: DossierProcedure
  domain: DossierDomain
  agency: DossierAgency1
  handlingUnit: DossierUnit
  /**
   * Kênh thực hiện / Channel
   *
   * Cách nộp hồ sơ: direct (trực tiếp), online (trực tuyến), postal (bưu chính công ích).
   */
  channel: 'direct' | 'online' | 'postal'
  /**
   * Nơi nộp hồ sơ / Submitted from
   *
   * Nơi hồ sơ được nộp: portal (Cổng Dịch vụ công quốc gia), province (hệ thống của bộ hoặc tỉnh).
   */
  submittedFrom: 'portal' | 'province'
  applicant: DossierApplicant
  /**
   * Trích yếu hồ sơ / Summary
   *
   * Trích yếu nội dung hồ sơ, tối đa 1.000 ký tự; không được cắt bớt hay điền thay.
   */
  summary: string
  /**
   * Thời điểm nộp / Submitted at
   *
   * Thời điểm người nộp gửi hồ sơ.
   */
  submittedAt: string
  /**
   * Thời điểm tiếp nhận / Accepted at
   *
   * Thời điểm hồ sơ được tiếp nhận. Bắt buộc trừ hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  acceptedAt?: string
  /**
   * Thời điểm hẹn trả / Due at
   *
   * Thời điểm hẹn trả kết quả; căn cứ tính hồ sơ đúng hạn.
   */
  dueAt?: string
  /**
   * Thời điểm kết thúc xử lý / Finished at
   *
   * Thời điểm xử lý xong; bắt buộc khi hồ sơ đã xử lý xong hoặc đã trả kết quả.
   */
  finishedAt?: string
  /**
   * Thời điểm trả kết quả / Returned at
   *
   * Thời điểm trao kết quả cho người nộp; bắt buộc khi hồ sơ đã trả kết quả.
   */
  returnedAt?: string
  /**
   * Thời điểm từ chối / Refused at
   *
   * Thời điểm hồ sơ không được tiếp nhận.
   */
  refusedAt?: string
  status: DossierStatus
  /**
   * Hình thức trả kết quả / Return method
   *
   * Cách trả kết quả: direct (trực tiếp), postal (qua bưu chính).
   */
  returnMethod: 'direct' | 'postal'
  /**
   * Thông tin trả kết quả / Return note
   *
   * Thông tin kèm theo việc trả kết quả, ví dụ người nhận thay.
   */
  returnNote?: string
  /**
   * Thông tin khác / Other information
   *
   * Thông tin khác của người nộp hoặc của hồ sơ.
   */
  otherInformation?: string
  /**
   * Ghi chú / Note
   *
   * Ghi chú, tối đa 2.000 ký tự.
   */
  note?: string
  /**
   * Có thành phần số hoá / Digitised
   *
   * Đúng khi ít nhất một thành phần hồ sơ đã được số hoá hoặc tái sử dụng.
   */
  digitised: boolean
  /**
   * Tài khoản xác thực VNeID / Verified by VNeID
   *
   * Đúng khi tài khoản nộp hồ sơ đã được xác thực với VNeID.
   */
  verifiedByVNeID: boolean
  /**
   * Thanh toán trực tuyến / Online payment
   *
   * Hồ sơ được thanh toán trực tuyến ở đâu: none (không phát sinh), portal (nền tảng của Cổng Dịch vụ công quốc gia), province (cổng thanh toán của bộ, tỉnh), offline (có phí, lệ phí nhưng không nộp trực tuyến).
   */
  onlinePayment: 'none' | 'portal' | 'province' | 'offline'
  /**
   * Cơ sở dữ liệu đã khai thác / Databases consulted
   *
   * Các cơ sở dữ liệu đã được khai thác khi giải quyết hồ sơ; danh sách rỗng khi không khai thác.
   */
  databasesConsulted: string[]
  /**
   * Thành phần hồ sơ / Components
   *
   * Các tệp thuộc thành phần hồ sơ đã nộp.
   */
  components: DossierComponent[]
  /**
   * Phí, lệ phí / Fees
   *
   * Các khoản phí, lệ phí của hồ sơ; danh sách rỗng khi hồ sơ không có phí, lệ phí.
   */
  fees: DossierFee[]
  /**
   * Giấy tờ khác / Other papers
   *
   * Các giấy tờ khác kèm theo hồ sơ, không có tệp.
   */
  otherPapers: DossierPaper[]
  /**
   * Các lần bổ sung / Supplements
   *
   * Các lần yêu cầu bổ sung hồ sơ, theo thứ tự thời gian.
   */
  supplements: DossierSupplement[]
  /**
   * Giấy tờ kết quả / Results
   *
   * Các giấy tờ là kết quả giải quyết hồ sơ.
   */
  results: DossierResult[]
}
/**
 * Cơ quan / Agency
 *
 * Cơ quan, đơn vị có mã định danh.
 */
export interface DossierAgency3 {
  code: string
  /**
   * Tên cơ quan / Agency name
   *
   * Tên đầy đủ của cơ quan, đơn vị.
   */
  name: string
}
/**
 * Tệp đã lưu / Kept file
 *
 * Một tệp ở kho tệp của liên thông, tải bằng GET /api/v1/files/{fileId}/content.
 */
export interface DossierKeptFile {
  /**
   * Mã tệp / File id
   *
   * Mã tệp ở liên thông.
   */
  fileId: string
  /**
   * Tên tệp / Name
   *
   * Tên tệp.
   */
  name: string
  /**
   * Loại nội dung / Media type
   *
   * Theo chính nội dung.
   */
  mediaType: string
  /**
   * Số byte / Size
   *
   * Số byte của nội dung.
   */
  size: number
  /**
   * Mã băm / SHA-256
   *
   * SHA-256 của nội dung, thập lục phân viết thường.
   */
  sha256: string
}
/**
 * Hồ sơ giấy phép lái xe / Driving licence requested
 *
 * Hồ sơ cấp, đổi giấy phép lái xe mà hệ thống giấy phép lái xe quốc gia đã nhận cho tỉnh. Mã giữ nguyên như hệ thống nguồn trả. Chủ đề của bản tin là mã hồ sơ ở hệ thống nguồn.
 */
export interface DrivingLicenceRequested {
  /**
   * Mã hồ sơ / Dossier code
   *
   * Mã hồ sơ do hệ thống giấy phép lái xe cấp, không phải mã hồ sơ của tỉnh.
   */
  code: string
  /**
   * Mã đăng ký dịch vụ công / Registration code
   *
   * Mã đăng ký trên dịch vụ công, nếu có.
   */
  registrationCode?: string
  /**
   * Mã đăng ký cũ / Former registration code
   *
   * Mã đăng ký trước đó, nếu có.
   */
  formerRegistrationCode?: string
  /**
   * Mã đơn vị / Unit code
   *
   * Mã đơn vị xử lý theo hệ thống nguồn.
   */
  unitCode?: string
  /**
   * Ngày nhận hồ sơ / Received on
   *
   * Ngày hệ thống nguồn nhận hồ sơ, giờ Việt Nam.
   */
  receivedOn: string
  /**
   * Ngày hẹn trả / Due on
   *
   * Ngày hẹn trả giấy phép lái xe, nếu có.
   */
  dueOn?: string
  /**
   * Loại hồ sơ / Kind
   *
   * Mã loại hồ sơ theo hệ thống nguồn.
   */
  kindCode?: string
  /**
   * Hạng đào tạo / Class
   *
   * Hạng giấy phép lái xe theo hệ thống nguồn.
   */
  classCode?: string
  /**
   * Lý do đổi / Reason
   *
   * Lý do đổi giấy phép lái xe, mã hoặc lời của hệ thống nguồn.
   */
  reason?: string
  /**
   * Mục đích đổi / Purpose
   *
   * Mục đích đổi giấy phép lái xe, mã hoặc lời của hệ thống nguồn.
   */
  purpose?: string
  /**
   * Người đề nghị / Applicant
   *
   * Người đề nghị cấp, đổi giấy phép lái xe.
   */
  applicant: {
    /**
     * Họ tên / Name
     *
     * Họ tên người đề nghị.
     */
    name: string
    /**
     * Ngày sinh / Date of birth
     *
     * Ngày sinh, nếu có.
     */
    birthDate?: string
    /**
     * Giới tính / Gender
     *
     * Mã giới tính theo hệ thống nguồn.
     */
    genderCode?: string
    /**
     * Quốc tịch / Nationality
     *
     * Quốc tịch, mã hoặc lời của hệ thống nguồn.
     */
    nationality?: string
    /**
     * Số giấy tờ tuỳ thân / Identity number
     *
     * Số định danh, căn cước hoặc giấy tờ khác, như hệ thống nguồn ghi.
     */
    identityNumber?: string
    /**
     * Số giấy tờ cũ / Former identity number
     *
     * Số giấy tờ tuỳ thân trước đó, nếu có.
     */
    formerIdentityNumber?: string
    /**
     * Nơi cư trú / Residence
     *
     * Nơi cư trú hiện tại, nếu có.
     */
    residence?: {
      /**
       * Địa chỉ / Address
       *
       * Địa chỉ như hệ thống nguồn ghi.
       */
      text: string
      /**
       * Mã đơn vị hành chính / Unit code
       *
       * Mã đơn vị hành chính theo hệ thống nguồn.
       */
      unitCode?: string
    }
    /**
     * Nơi thường trú / Permanent residence
     *
     * Nơi thường trú, nếu có.
     */
    permanentResidence?: {
      /**
       * Địa chỉ / Address
       *
       * Địa chỉ như hệ thống nguồn ghi.
       */
      text: string
      /**
       * Mã đơn vị hành chính / Unit code
       *
       * Mã đơn vị hành chính theo hệ thống nguồn.
       */
      unitCode?: string
    }
  }
  /**
   * Giấy phép đã cấp / Licences held
   *
   * Các giấy phép lái xe đã cấp cho người này; có thể rỗng.
   *
   * Items: Giấy phép đã cấp / Licence held
   *
   * Một giấy phép lái xe đã cấp.
   */
  heldLicences: {
    /**
     * Số giấy phép / Number
     *
     * Số giấy phép lái xe.
     */
    number: string
    /**
     * Số sê-ri / Serial
     *
     * Số sê-ri của phôi, nếu có.
     */
    serial?: string
    /**
     * Hạng / Class
     *
     * Hạng giấy phép lái xe.
     */
    classCode?: string
    /**
     * Nơi cấp / Issued by
     *
     * Nơi cấp, nếu có.
     */
    issuedBy?: string
    /**
     * Ngày cấp / Issued on
     *
     * Ngày cấp, nếu có.
     */
    issuedOn?: string
    /**
     * Ngày hết hạn / Expires on
     *
     * Ngày hết hạn; giấy phép không thời hạn thì không có.
     */
    expiresOn?: string
    /**
     * Ngày trúng tuyển / Passed on
     *
     * Ngày trúng tuyển, nếu có.
     */
    passedOn?: string
  }[]
  /**
   * Tệp đính kèm / Files
   *
   * Các tệp của hồ sơ; nội dung lấy bằng tra cứu tệp theo đường dẫn.
   *
   * Items: Tệp / File
   *
   * Một tệp của hồ sơ tại hệ thống nguồn.
   */
  files: {
    /**
     * Đường dẫn / Path
     *
     * Đường dẫn tệp tại hệ thống nguồn, không phải địa chỉ mạng.
     */
    path: string
    /**
     * Tên giấy tờ / Name
     *
     * Tên giấy tờ.
     */
    name?: string
    /**
     * Mã giấy tờ / Paper code
     *
     * Mã giấy tờ theo hệ thống nguồn.
     */
    paperCode?: string
  }[]
  /**
   * Ảnh chân dung / Portrait
   *
   * Ảnh chân dung như hệ thống nguồn trả; chỉ có khi cấu hình cho phép lấy.
   */
  portrait?: string
  /**
   * Các trường khác / Other fields
   *
   * Những gì hệ thống nguồn trả mà bản tin này không có chỗ riêng; có thể rỗng.
   */
  otherFields: DrivingLicenceRequestedField[]
}
/**
 * Trường khác / Other field
 *
 * Một trường của hệ thống nguồn không có chỗ riêng, giữ nguyên tên và giá trị.
 */
export interface DrivingLicenceRequestedField {
  /**
   * Tên trường / Name
   *
   * Tên trường ở hệ thống nguồn.
   */
  name: string
  /**
   * Giá trị / Value
   *
   * Giá trị dạng văn bản, giữ nguyên.
   */
  value: string
}
/**
 * Số biên nhận đất đai của hồ sơ / Land dossier numbered
 *
 * Hồ sơ nào của một cửa mang số biên nhận nào tại hệ thống đất đai; nhờ đó các lời báo chỉ nêu số biên nhận tìm được hồ sơ. Chủ đề của bản tin là số biên nhận.
 */
export interface LandDossierNumbered {
  code: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận của hồ sơ tại hệ thống đất đai.
   */
  receiptNumber: string
}
/**
 * Hệ thống đất đai báo về hồ sơ / Land dossier reported
 *
 * Một lời báo của hệ thống đất đai về hồ sơ. Chỉ gồm điều hệ thống ấy đã nói. Chủ đề của bản tin là mã hồ sơ.
 */
export interface LandDossierReported {
  code: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận của hồ sơ tại hệ thống đất đai.
   */
  receiptNumber: string
  /**
   * Việc / Event
   *
   * moved (luân chuyển), supplement-requested (chờ bổ sung), supplemented (đã bổ sung), ended (kết thúc), wrong-procedure (nhập sai thủ tục), tax-returned (thuế trả hồ sơ do sai), update-requested (yêu cầu cập nhật hồ sơ).
   */
  event:
    | 'moved'
    | 'supplement-requested'
    | 'supplemented'
    | 'ended'
    | 'wrong-procedure'
    | 'tax-returned'
    | 'update-requested'
  /**
   * Thời điểm / At
   *
   * Thời điểm mà hệ thống đất đai nêu; không nêu thì không có.
   */
  at?: string
  officer?: string
  /**
   * Nội dung / Content
   *
   * Nội dung hệ thống đất đai ghi.
   */
  content?: string
  /**
   * Giấy tờ kèm theo / Files
   *
   * Giấy tờ kèm theo lời báo.
   */
  files?: LandDossierReportedFile[]
}
/**
 * Tệp / File
 *
 * Một giấy tờ kèm theo.
 */
export interface LandDossierReportedFile {
  /**
   * Tên giấy tờ / Name
   *
   * Tên giấy tờ.
   */
  name: string
  /**
   * Kiểu tệp / Kind
   *
   * Kiểu tệp như hệ thống đất đai ghi.
   */
  kind?: string
  url: string
  /**
   * Số bản chính / Originals
   *
   * Số lượng; không nêu thì không gửi.
   */
  originals?: number
  /**
   * Số bản sao / Copies
   *
   * Số lượng; không nêu thì không gửi.
   */
  copies?: number
}
/**
 * Yêu cầu giải quyết hồ sơ đất đai / Land dossier requested
 *
 * Hồ sơ đất đai mà bộ phận một cửa đã tiếp nhận, chuyển tới hệ thống thông tin đất đai. Chủ đề của bản tin là mã hồ sơ.
 */
export interface LandDossierRequested {
  code: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận của hồ sơ tại hệ thống đất đai.
   */
  receiptNumber: string
  /**
   * Quy trình cấp tỉnh / Provincial process
   *
   * Đúng khi hồ sơ đi theo quy trình cấp tỉnh.
   */
  provincialProcess: boolean
  /**
   * Địa bàn / Area
   *
   * Địa bàn của thửa đất, theo mã đơn vị hành chính; liên thông dịch sang mã của hệ thống đất đai.
   */
  area: {
    /**
     * Mã tỉnh / Province code
     *
     * Mã tỉnh, 2 chữ số.
     */
    provinceCode: string
    /**
     * Mã huyện / District code
     *
     * Mã huyện, 3 chữ số; không còn từ 01/7/2025.
     */
    districtCode?: string
    /**
     * Mã xã / Ward code
     *
     * Mã xã, 5 chữ số.
     */
    wardCode?: string
  }
  /**
   * Người tiếp nhận / Received by
   *
   * Họ tên cán bộ tiếp nhận.
   */
  receivedBy: string
  /**
   * Thời điểm tiếp nhận / Received at
   *
   * Thời điểm bộ phận một cửa tiếp nhận.
   */
  receivedAt: string
  /**
   * Hẹn trả / Due at
   *
   * Thời điểm hẹn trả kết quả.
   */
  dueAt?: string
  /**
   * Địa chỉ tài sản / Property address
   *
   * Địa chỉ của thửa đất, tài sản gắn liền với đất.
   */
  propertyAddress?: string
  /**
   * Người nộp đơn / Applicant
   *
   * Người nộp đơn.
   */
  applicant: {
    /**
     * Họ tên / Name
     *
     * Họ tên hoặc tên tổ chức.
     */
    name: string
    /**
     * Số giấy tờ / Identity number
     *
     * Số giấy tờ tuỳ thân hoặc mã số của tổ chức.
     */
    identityNumber?: string
    /**
     * Địa chỉ / Address
     *
     * Địa chỉ viết đầy đủ.
     */
    address?: string
    /**
     * Số điện thoại / Phone
     *
     * Số điện thoại.
     */
    phone?: string
    /**
     * Thư điện tử / E-mail
     *
     * Thư điện tử.
     */
    email?: string
  }
  /**
   * Thủ tục / Procedure
   *
   * Thủ tục; mã được dịch sang mã quy trình của hệ thống đất đai.
   */
  procedure: {
    /**
     * Mã thủ tục / Code
     *
     * Mã thủ tục hành chính.
     */
    code: string
    /**
     * Tên / Name
     *
     * Tên thủ tục hoặc quy trình.
     */
    name: string
  }
  /**
   * Thửa đất / Parcels
   *
   * Các thửa đất của hồ sơ.
   */
  parcels?: LandDossierRequestedParcel[]
  /**
   * Giấy tờ đính kèm / Papers
   *
   * Các giấy tờ kèm hồ sơ.
   */
  papers?: LandDossierRequestedPaper[]
}
/**
 * Thửa đất / Parcel
 *
 * Một thửa đất.
 */
export interface LandDossierRequestedParcel {
  /**
   * Số thứ tự thửa / Parcel number
   *
   * Số thứ tự thửa đất.
   */
  number: string
  /**
   * Số hiệu tờ bản đồ / Map sheet
   *
   * Số hiệu tờ bản đồ.
   */
  mapSheet: string
  /**
   * Diện tích / Area
   *
   * Diện tích, m².
   */
  area?: number
  /**
   * Địa chỉ / Address
   *
   * Địa chỉ chi tiết của thửa.
   */
  address?: string
}
/**
 * Giấy tờ / Paper
 *
 * Một giấy tờ.
 */
export interface LandDossierRequestedPaper {
  /**
   * Tên giấy tờ / Name
   *
   * Tên giấy tờ.
   */
  name: string
  /**
   * Số bản chính / Originals
   *
   * Số lượng; không nêu thì không gửi.
   */
  originals?: number
  /**
   * Số bản sao / Copies
   *
   * Số lượng; không nêu thì không gửi.
   */
  copies?: number
  /**
   * Tệp / File
   *
   * Tệp của giấy tờ, trong giới hạn của một bản tin.
   */
  file?: {
    /**
     * Tên tệp / Name
     *
     * Tên tệp.
     */
    name: string
    /**
     * Nội dung / Content
     *
     * Nội dung tệp mã hoá Base64.
     */
    content: string
  }
}
/**
 * Thông báo nộp thuế đất / Land tax assessed
 *
 * Cơ quan thuế thông báo số tiền phải nộp của hồ sơ đất đai, qua Cổng Dịch vụ công quốc gia. Không nói đã nộp hay chưa. Chủ đề của bản tin là mã hồ sơ. / The tax office says what is to be paid for a land dossier.
 */
export interface LandTaxAssessed {
  code: string
  /**
   * Các khoản phải nộp / Decisions
   *
   * Mỗi khoản một dòng của thông báo, theo thứ tự của thông báo.
   */
  decisions: LandTaxAssessedDecision[]
  notice: DossierKeptFile1
}
/**
 * Khoản phải nộp / Decision
 *
 * Một khoản phải nộp.
 */
export interface LandTaxAssessedDecision {
  /**
   * Mã số thuế / Tax code
   *
   * Mã số thuế của người phải nộp.
   */
  taxCode: string
  /**
   * Số quyết định / Number
   *
   * Số quyết định của cơ quan thuế.
   */
  number: string
  /**
   * Ngày quyết định / Date
   *
   * Ngày quyết định.
   */
  date: string
  /**
   * Số tiền / Amount
   *
   * Số tiền phải nộp, bằng đồng Việt Nam.
   */
  amount: number
  /**
   * Tiểu mục / Item
   *
   * Tên tiểu mục của khoản nộp.
   */
  item: string
}
/**
 * Thông báo / Notice
 *
 * Nguyên văn thông báo (XML) như Cổng chuyển; có cả những phần tử không đọc.
 */
export interface DossierKeptFile1 {
  /**
   * Mã tệp / File id
   *
   * Mã tệp ở liên thông.
   */
  fileId: string
  /**
   * Tên tệp / Name
   *
   * Tên tệp.
   */
  name: string
  /**
   * Loại nội dung / Media type
   *
   * Theo chính nội dung.
   */
  mediaType: string
  /**
   * Số byte / Size
   *
   * Số byte của nội dung.
   */
  size: number
  /**
   * Mã băm / SHA-256
   *
   * SHA-256 của nội dung, thập lục phân viết thường.
   */
  sha256: string
}
/**
 * Thông báo thuế đất / Land tax notified
 *
 * Cơ quan thuế đã có kết quả và các thông báo thuế của hồ sơ đất đai. Không nói đã nộp hay chưa. Chủ đề của bản tin là mã hồ sơ.
 */
export interface LandTaxNotified {
  code: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận của hồ sơ tại hệ thống đất đai.
   */
  receiptNumber: string
  /**
   * Có kết quả lúc / Result at
   *
   * Ngày có kết quả thuế; chỉ có ngày thì là 0 giờ ngày đó.
   */
  resultAt: string
  /**
   * Thông báo thuế / Notices
   *
   * Các thông báo thuế.
   */
  notices: LandTaxNotifiedNotice[]
}
/**
 * Thông báo thuế / Notice
 *
 * Một thông báo thuế.
 */
export interface LandTaxNotifiedNotice {
  /**
   * Chủ / Owner
   *
   * Họ tên người phải nộp.
   */
  owner: string
  /**
   * Loại thuế / Kind
   *
   * Loại thuế như hệ thống đất đai ghi.
   */
  kind: string
  /**
   * Số thông báo / Number
   *
   * Số thông báo thuế.
   */
  number: string
  url: string
}
/**
 * Chứng từ nộp thuế đất / Land tax voucher received
 *
 * Cổng Dịch vụ công quốc gia chuyển chứng từ nộp thuế của hồ sơ đất đai. Đã nộp hay chưa là theo portalStatus, mà nghĩa của từng số chưa công bố: không tự coi là đã nộp. Chủ đề của bản tin là mã hồ sơ. / The national portal hands a tax payment voucher over. What its status numbers mean has not been published.
 */
export interface LandTaxVoucherReceived {
  code: string
  /**
   * Người nộp tiền / Payer
   *
   * Người nộp tiền như Cổng ghi.
   */
  payer: {
    /**
     * Họ tên / Name
     *
     * Họ tên người nộp tiền.
     */
    name: string
    /**
     * Số giấy tờ / Identity number
     *
     * Số giấy tờ của người nộp tiền.
     */
    identityNumber: string
    /**
     * Mã số thuế / Tax code
     *
     * Mã số thuế.
     */
    taxCode: string
    /**
     * Địa chỉ / Address
     *
     * Địa chỉ người nộp tiền.
     */
    address: string
    /**
     * Tỉnh / Province
     *
     * Tỉnh như Cổng ghi, tên hoặc mã.
     */
    province: string
    /**
     * Huyện / District
     *
     * Huyện như Cổng ghi, tên hoặc mã; không có từ ngày 01/7/2025.
     */
    district?: string
    /**
     * Xã / Ward
     *
     * Xã như Cổng ghi, tên hoặc mã.
     */
    ward: string
  }
  /**
   * Mã thông báo thuế / Notice code
   *
   * Mã thông báo thuế được nộp.
   */
  noticeCode: string
  /**
   * Thời điểm thanh toán / At
   *
   * Thời điểm thanh toán theo Cổng.
   */
  at: string
  /**
   * Số tiền / Amount
   *
   * Số tiền trên chứng từ, bằng đồng Việt Nam.
   */
  amount: number
  /**
   * Nội dung / Content
   *
   * Nội dung thanh toán.
   */
  content: string
  /**
   * Trạng thái của Cổng / Portal status
   *
   * TrangThaiThanhToan nguyên như Cổng gửi.
   */
  portalStatus: number
  /**
   * Đường dẫn chứng từ / Voucher URL
   *
   * Đường dẫn tệp chứng từ ở phía Cổng.
   */
  voucherUrl: string
}
/**
 * Hồ sơ của Bộ / Ministry dossier
 *
 * Trạng thái một hồ sơ do hệ thống của Bộ giữ mà tỉnh cần biết. Mã giữ nguyên như Bộ trả; thiếu trường nghĩa là Bộ không cho biết. Chủ đề của bản tin là mã hồ sơ ở Bộ.
 */
export interface MinistryDossierUpserted {
  /**
   * Mã hồ sơ / Dossier code
   *
   * Mã hồ sơ ở hệ thống của Bộ.
   */
  code: string
  /**
   * Thủ tục hành chính / Procedure
   *
   * Thủ tục hành chính, mã và tên như Bộ ghi.
   */
  procedure: {
    /**
     * Mã thủ tục / Code
     *
     * Mã thủ tục hành chính.
     */
    code: string
    /**
     * Tên thủ tục / Name
     *
     * Tên thủ tục hành chính.
     */
    name?: string
  }
  /**
   * Lĩnh vực / Domain
   *
   * Tên lĩnh vực.
   */
  domainName?: string
  /**
   * Trích yếu / Summary
   *
   * Trích yếu hồ sơ.
   */
  summary?: string
  /**
   * Kênh thực hiện / Channel
   *
   * Mã kênh thực hiện theo Bộ.
   */
  channelCode?: string
  /**
   * Đơn vị xử lý / Handling unit
   *
   * Đơn vị xử lý, mã và tên như Bộ ghi.
   */
  handlingUnit?: {
    /**
     * Mã đơn vị / Code
     *
     * Mã đơn vị xử lý.
     */
    code?: string
    /**
     * Tên đơn vị / Name
     *
     * Tên đơn vị xử lý.
     */
    name?: string
  }
  /**
   * Trạng thái / Status
   *
   * Trạng thái theo danh mục của Bộ; không đổi sang danh mục khác.
   */
  status: {
    /**
     * Mã trạng thái / Code
     *
     * Mã trạng thái.
     */
    code: string
    /**
     * Tên trạng thái / Name
     *
     * Tên trạng thái.
     */
    name?: string
  }
  /**
   * Chủ hồ sơ / Applicant
   *
   * Chủ hồ sơ.
   */
  applicant: {
    /**
     * Tên / Name
     *
     * Họ tên hoặc tên tổ chức.
     */
    name: string
    /**
     * Mã đối tượng / Number
     *
     * Mã của người này ở hệ thống của Bộ, thường là số giấy tờ tuỳ thân; ý nghĩa chưa kiểm chứng.
     */
    number?: string
    /**
     * Số điện thoại / Phone
     *
     * Số điện thoại như Bộ ghi.
     */
    phone?: string
    /**
     * Thư điện tử / E-mail
     *
     * Thư điện tử như Bộ ghi.
     */
    email?: string
    /**
     * Địa chỉ / Address
     *
     * Địa chỉ như Bộ ghi.
     */
    address?: {
      /**
       * Địa chỉ / Address
       *
       * Địa chỉ.
       */
      text?: string
      /**
       * Tỉnh (mã) / province
       *
       * Tỉnh, như Bộ ghi.
       */
      provinceCode?: string
      /**
       * Tỉnh (tên) / province
       *
       * Tỉnh, như Bộ ghi.
       */
      provinceName?: string
      /**
       * Huyện (mã) / district
       *
       * Huyện, như Bộ ghi.
       */
      districtCode?: string
      /**
       * Huyện (tên) / district
       *
       * Huyện, như Bộ ghi.
       */
      districtName?: string
      /**
       * Xã (mã) / ward
       *
       * Xã, như Bộ ghi.
       */
      wardCode?: string
      /**
       * Xã (tên) / ward
       *
       * Xã, như Bộ ghi.
       */
      wardName?: string
    }
  }
  /**
   * Người nộp / Submitter
   *
   * Người nộp hồ sơ, nếu khác chủ hồ sơ.
   */
  submitter?: {
    /**
     * Tên / Name
     *
     * Họ tên hoặc tên tổ chức.
     */
    name?: string
    /**
     * Mã đối tượng / Number
     *
     * Mã của người này ở hệ thống của Bộ, thường là số giấy tờ tuỳ thân; ý nghĩa chưa kiểm chứng.
     */
    number?: string
    /**
     * Số điện thoại / Phone
     *
     * Số điện thoại như Bộ ghi.
     */
    phone?: string
    /**
     * Thư điện tử / E-mail
     *
     * Thư điện tử như Bộ ghi.
     */
    email?: string
  }
  /**
   * Ngày gửi / Submitted at
   *
   * Thời điểm gửi hồ sơ.
   */
  submittedAt: string
  /**
   * Ngày tiếp nhận / Accepted at
   *
   * Thời điểm tiếp nhận.
   */
  acceptedAt?: string
  /**
   * Ngày hẹn trả / Due at
   *
   * Thời điểm hẹn trả.
   */
  dueAt?: string
  /**
   * Ngày kết thúc xử lý / Finished at
   *
   * Thời điểm kết thúc xử lý.
   */
  finishedAt?: string
  /**
   * Ngày trả / Returned at
   *
   * Thời điểm trả kết quả.
   */
  returnedAt?: string
  /**
   * Ngày huỷ / Cancelled at
   *
   * Thời điểm huỷ hồ sơ.
   */
  cancelledAt?: string
  /**
   * Các trường khác / Other fields
   *
   * Những gì hệ thống nguồn trả mà bản tin này không có chỗ riêng; có thể rỗng.
   */
  otherFields: MinistryDossierUpsertedField[]
}
/**
 * Trường khác / Other field
 *
 * Một trường của hệ thống nguồn không có chỗ riêng, giữ nguyên tên và giá trị.
 */
export interface MinistryDossierUpsertedField {
  /**
   * Tên trường / Name
   *
   * Tên trường ở hệ thống nguồn.
   */
  name: string
  /**
   * Giá trị / Value
   *
   * Giá trị dạng văn bản, giữ nguyên.
   */
  value: string
}
/**
 * Thanh toán không khớp / Payment disputed
 *
 * Nền tảng thanh toán báo đã thu tiền nhưng không khớp với yêu cầu: sai số tiền, sai loại tiền, hoặc không có yêu cầu nào mang mã này. Hồ sơ chưa được coi là đã thanh toán; cần người đối soát. Chủ đề của bản tin là mã tham chiếu. / The platform says that money was taken, but not as it was asked for. Nothing is settled; a person has to look.
 */
export interface PaymentDisputed {
  id: string
  /**
   * Điều không khớp / Difference
   *
   * Điều không khớp: amount-differs (khác số tiền yêu cầu), currency-differs (không phải đồng Việt Nam), reference-unknown (liên thông không giữ yêu cầu nào mang mã này).
   */
  difference: 'amount-differs' | 'currency-differs' | 'reference-unknown'
  /**
   * Số tiền yêu cầu / Requested
   *
   * Số tiền của yêu cầu, bằng đồng Việt Nam.
   */
  requested?: number
  /**
   * Số tiền nền tảng báo / Received
   *
   * Số tiền mà nền tảng báo đã thu, theo loại tiền ở currency.
   */
  received: number
  /**
   * Loại tiền / Currency
   *
   * Mã loại tiền mà nền tảng báo.
   */
  currency: string
  /**
   * Mã giao dịch / Transaction
   *
   * Mã giao dịch của nền tảng thanh toán.
   */
  transaction: string
  /**
   * Mã ngân hàng / Bank code
   *
   * Ngân hàng hoặc trung gian mà người nộp đã dùng, theo mã của nền tảng.
   */
  bankCode?: string
  /**
   * Thời điểm giao dịch / At
   *
   * Thời điểm giao dịch theo nền tảng thanh toán.
   */
  at: string
}
/**
 * Đã có đường dẫn thanh toán / Payment link issued
 *
 * Nền tảng thanh toán đã nhận yêu cầu và cấp đường dẫn để người nộp thanh toán. Chủ đề của bản tin là mã tham chiếu. / The payment platform has taken the request and gives the address at which the payer pays.
 */
export interface PaymentLinkIssued {
  id: string
  /**
   * Đường dẫn thanh toán / Payment URL
   *
   * Đường dẫn để chuyển người nộp tới trang thanh toán.
   */
  url: string
  /**
   * Thời điểm cấp / Issued at
   *
   * Thời điểm liên thông nhận được đường dẫn.
   */
  issuedAt: string
}
/**
 * Yêu cầu thanh toán / Payment requested
 *
 * Phần mềm một cửa yêu cầu người nộp thanh toán trực tuyến phí, lệ phí của một hồ sơ. Mỗi lần người nộp bắt đầu thanh toán là một yêu cầu mới với mã tham chiếu mới. Chủ đề của bản tin là mã tham chiếu. / The one-stop software asks for an online payment of a dossier's fees. Each time a payer begins to pay is a new request with a new reference.
 */
export interface PaymentRequested {
  id: string
  dossierCode: string
  procedure: DossierProcedure
  /**
   * Mã dịch vụ công / Service code
   *
   * Mã dịch vụ công trực tuyến của thủ tục, theo Cổng Dịch vụ công quốc gia. Ví dụ 9.000001.01.
   */
  serviceCode: string
  /**
   * Tên dịch vụ công / Service name
   *
   * Tên dịch vụ công trực tuyến.
   */
  serviceName: string
  agency: DossierAgency4
  /**
   * Tổng số tiền / Amount
   *
   * Tổng số tiền phải trả bằng đồng Việt Nam; bằng tổng các khoản trong fees.
   */
  amount: number
  /**
   * Các khoản phí, lệ phí / Fees
   *
   * Các khoản phải trả lần này; ít nhất một.
   */
  fees: PaymentRequestedFee[]
  /**
   * Nội dung thanh toán / Content
   *
   * Nội dung thanh toán, một dòng.
   */
  content: string
  payer: PaymentRequestedPayer
  receiver: PaymentRequestedReceiver
}
/**
 * Cơ quan thu / Collecting agency
 *
 * Cơ quan thu phí, lệ phí của hồ sơ.
 */
export interface DossierAgency4 {
  code: string
  /**
   * Tên cơ quan / Agency name
   *
   * Tên đầy đủ của cơ quan, đơn vị.
   */
  name: string
}
/**
 * Khoản phí, lệ phí / Fee
 *
 * Một khoản phí hoặc lệ phí phải trả.
 */
export interface PaymentRequestedFee {
  /**
   * Mã phí, lệ phí / Fee code
   *
   * Mã khoản phí, lệ phí theo danh mục.
   */
  code: string
  /**
   * Tên phí, lệ phí / Fee name
   *
   * Tên khoản phí, lệ phí.
   */
  name: string
  /**
   * Loại khoản thu / Kind
   *
   * Loại khoản thu: fee (lệ phí), charge (phí).
   */
  kind: 'fee' | 'charge'
  amount: number
}
/**
 * Người nộp tiền / Payer
 *
 * Người đang thanh toán; được in trên biên lai.
 */
export interface PaymentRequestedPayer {
  /**
   * Họ tên người nộp / Name
   *
   * Họ tên hoặc tên tổ chức nộp tiền.
   */
  name: string
  identity: DossierIdentity1
  address?: DossierAddress
  /**
   * Địa chỉ mạng / IP address
   *
   * Địa chỉ IP của người nộp khi bắt đầu thanh toán, do phần mềm một cửa ghi nhận.
   */
  ip: string
}
/**
 * Tài khoản thụ hưởng / Receiver account
 *
 * Tài khoản nhận tiền của cơ quan thu.
 */
export interface PaymentRequestedReceiver {
  /**
   * Số tài khoản / Account
   *
   * Số tài khoản thụ hưởng.
   */
  account: string
  /**
   * Mã ngân hàng / Bank code
   *
   * Mã ngân hàng của tài khoản thụ hưởng, theo danh mục của nền tảng thanh toán.
   */
  bankCode: string
  /**
   * Tên tài khoản / Account name
   *
   * Tên chủ tài khoản thụ hưởng.
   */
  accountName: string
  /**
   * Kho bạc / Treasury
   *
   * Kho bạc Nhà nước nhận tiền, nếu thu vào ngân sách.
   */
  treasuryName?: string
  /**
   * Tài khoản thu ngân sách / Budget revenue account
   *
   * Tài khoản thu ngân sách nhà nước, nếu thu vào ngân sách.
   */
  treasuryAccount?: string
}
/**
 * Kết quả thanh toán / Payment settled
 *
 * Kết quả cuối cùng của một lần thanh toán, do nền tảng thanh toán báo hoặc trả lời khi liên thông hỏi. Chủ đề của bản tin là mã tham chiếu. / The final result of one payment, as the payment platform said it.
 */
export interface PaymentSettled {
  id: string
  /**
   * Kết quả / Status
   *
   * Kết quả: paid (đã thanh toán đủ), failed (nền tảng báo giao dịch thất bại).
   */
  status: 'paid' | 'failed'
  /**
   * Số tiền / Amount
   *
   * Số tiền của yêu cầu, bằng đồng Việt Nam; với paid cũng là số tiền đã trả.
   */
  amount: number
  /**
   * Mã giao dịch / Transaction
   *
   * Mã giao dịch của nền tảng thanh toán.
   */
  transaction?: string
  /**
   * Mã ngân hàng / Bank code
   *
   * Ngân hàng hoặc trung gian mà người nộp đã dùng, theo mã của nền tảng.
   */
  bankCode?: string
  /**
   * Thời điểm giao dịch / At
   *
   * Thời điểm giao dịch theo nền tảng thanh toán.
   */
  at?: string
  /**
   * Nơi thanh toán trực tuyến / Online payment
   *
   * Giá trị onlinePayment mà hồ sơ mang từ nay: portal (nền tảng của Cổng Dịch vụ công quốc gia), province (cổng thanh toán của bộ, tỉnh). Phần mềm một cửa ghi vào hồ sơ và gửi hồ sơ lên; liên thông không tự sửa hồ sơ.
   */
  onlinePayment?: 'portal' | 'province'
  receipt?: DossierKeptFile2
}
/**
 * Biên lai / Receipt
 *
 * Biên lai (PDF) của nền tảng. Có thì là bản tin thứ hai về cùng giao dịch: kết quả được báo ngay, không đợi biên lai.
 */
export interface DossierKeptFile2 {
  /**
   * Mã tệp / File id
   *
   * Mã tệp ở liên thông.
   */
  fileId: string
  /**
   * Tên tệp / Name
   *
   * Tên tệp.
   */
  name: string
  /**
   * Loại nội dung / Media type
   *
   * Theo chính nội dung.
   */
  mediaType: string
  /**
   * Số byte / Size
   *
   * Số byte của nội dung.
   */
  size: number
  /**
   * Mã băm / SHA-256
   *
   * SHA-256 của nội dung, thập lục phân viết thường.
   */
  sha256: string
}
/**
 * Huỷ yêu cầu chuyển phát / Postal order cancelled
 *
 * Tỉnh huỷ một đơn đã yêu cầu bưu điện. Chủ đề của bản tin là số đơn.
 */
export interface PostalOrderCancelled {
  /**
   * Số đơn / Order number
   *
   * Số đơn do tỉnh đặt, duy nhất ở bưu điện; thường là mã hồ sơ.
   */
  orderNumber: string
  dossierCode?: string
  /**
   * Lý do / Reason
   *
   * Vì sao huỷ; không gửi cho bưu điện.
   */
  reason?: string
}
/**
 * Yêu cầu chuyển phát / Postal order requested
 *
 * Yêu cầu bưu chính công ích thu gom hồ sơ hoặc chuyển trả kết quả. Chủ đề của bản tin là số đơn.
 */
export interface PostalOrderRequested {
  /**
   * Số đơn / Order number
   *
   * Số đơn do tỉnh đặt, duy nhất ở bưu điện; thường là mã hồ sơ.
   */
  orderNumber: string
  dossierCode?: string
  /**
   * Mục đích / Purpose
   *
   * collect: thu gom hồ sơ của người nộp; return: chuyển trả kết quả.
   */
  purpose: 'collect' | 'return'
  /**
   * Mã bưu gửi / Item code
   *
   * Mã vận đơn được bưu điện cấp trước, nếu có.
   */
  itemCode?: string
  /**
   * Tiền thu hộ / Cash on delivery
   *
   * Số tiền thu hộ bằng đồng Việt Nam; 0 khi không thu.
   */
  cashOnDelivery: number
  sender: PostalOrderRequestedParty
  receiver: PostalOrderRequestedParty1
  /**
   * Nội dung bưu gửi / Contents
   *
   * Bưu gửi gồm những gì.
   */
  contents?: string
  /**
   * Ghi chú của người gửi / Sender's note
   *
   * Ghi chú của người gửi cho bưu điện.
   */
  senderNote?: string
}
/**
 * Người gửi / Sender
 *
 * Nơi bưu điện nhận bưu gửi.
 */
export interface PostalOrderRequestedParty {
  /**
   * Họ tên, tên cơ quan / Name
   *
   * Họ tên hoặc tên cơ quan.
   */
  name: string
  phone: string
  email?: string
  /**
   * Địa chỉ / Address
   *
   * Địa chỉ và mã đơn vị hành chính.
   */
  address: {
    /**
     * Địa chỉ đầy đủ / Full address
     *
     * Địa chỉ đầy đủ trên một dòng.
     */
    text: string
    /**
     * Mã tỉnh / Province code
     *
     * Mã tỉnh theo danh mục của cơ quan thống kê, 2 chữ số.
     */
    provinceCode: string
    /**
     * Mã huyện / District code
     *
     * Mã huyện, 3 chữ số; chỉ có ở địa chỉ trước ngày 01/7/2025.
     */
    districtCode?: string
  }
}
/**
 * Người nhận / Receiver
 *
 * Nơi bưu điện phát bưu gửi.
 */
export interface PostalOrderRequestedParty1 {
  /**
   * Họ tên, tên cơ quan / Name
   *
   * Họ tên hoặc tên cơ quan.
   */
  name: string
  phone: string
  email?: string
  /**
   * Địa chỉ / Address
   *
   * Địa chỉ và mã đơn vị hành chính.
   */
  address: {
    /**
     * Địa chỉ đầy đủ / Full address
     *
     * Địa chỉ đầy đủ trên một dòng.
     */
    text: string
    /**
     * Mã tỉnh / Province code
     *
     * Mã tỉnh theo danh mục của cơ quan thống kê, 2 chữ số.
     */
    provinceCode: string
    /**
     * Mã huyện / District code
     *
     * Mã huyện, 3 chữ số; chỉ có ở địa chỉ trước ngày 01/7/2025.
     */
    districtCode?: string
  }
}
/**
 * Bên gửi hoặc nhận / Party
 *
 * Một bên của bưu gửi.
 */
export interface PostalOrderRequestedParty2 {
  /**
   * Họ tên, tên cơ quan / Name
   *
   * Họ tên hoặc tên cơ quan.
   */
  name: string
  phone: string
  email?: string
  /**
   * Địa chỉ / Address
   *
   * Địa chỉ và mã đơn vị hành chính.
   */
  address: {
    /**
     * Địa chỉ đầy đủ / Full address
     *
     * Địa chỉ đầy đủ trên một dòng.
     */
    text: string
    /**
     * Mã tỉnh / Province code
     *
     * Mã tỉnh theo danh mục của cơ quan thống kê, 2 chữ số.
     */
    provinceCode: string
    /**
     * Mã huyện / District code
     *
     * Mã huyện, 3 chữ số; chỉ có ở địa chỉ trước ngày 01/7/2025.
     */
    districtCode?: string
  }
}
/**
 * Trạng thái chuyển phát / Postal status changed
 *
 * Một dòng theo dõi của bưu điện về một đơn. Chủ đề của bản tin là số đơn.
 */
export interface PostalStatusChanged {
  /**
   * Số đơn / Order number
   *
   * Số đơn do tỉnh đặt, duy nhất ở bưu điện; thường là mã hồ sơ.
   */
  orderNumber: string
  /**
   * Mã dòng theo dõi / Tracking id
   *
   * Mã của dòng theo dõi ở bưu điện; tăng dần theo thời gian.
   */
  trackingId: string
  /**
   * Mã trạng thái / Status code
   *
   * Mã trạng thái, giữ nguyên như bưu điện trả: danh mục chưa công bố.
   */
  statusCode: string
  /**
   * Diễn giải / Status text
   *
   * Lời của bưu điện về trạng thái; có thể mang tên người.
   */
  statusText?: string
  /**
   * Thời điểm ghi / Recorded at
   *
   * Thời điểm bưu điện tạo dòng theo dõi.
   */
  recordedAt: string
}
/**
 * Trả lời câu hỏi / Question answered
 *
 * Câu trả lời của cơ quan cho một câu hỏi. Chủ đề của bản tin là mã câu hỏi.
 */
export interface QuestionAnswered {
  /**
   * Mã câu hỏi / Question id
   *
   * Mã hỏi đáp trên Cổng Dịch vụ công quốc gia hoặc tại hệ thống nguồn.
   */
  id: string
  /**
   * Mã câu trả lời / Answer id
   *
   * Mã câu trả lời tại hệ thống nguồn, nếu có.
   */
  answerId?: string
  agency: DossierAgency5
  /**
   * Người trả lời / Answered by
   *
   * Họ tên người trả lời.
   */
  answeredBy: string
  /**
   * Chức vụ / Position
   *
   * Chức vụ của người trả lời.
   */
  position: string
  /**
   * Thời điểm trả lời / Answered at
   *
   * Thời điểm trả lời.
   */
  answeredAt: string
  /**
   * Nội dung trả lời / Content
   *
   * Nội dung trả lời.
   */
  content: string
}
/**
 * Cơ quan trả lời / Answering agency
 *
 * Cơ quan đã trả lời.
 */
export interface DossierAgency5 {
  code: string
  /**
   * Tên cơ quan / Agency name
   *
   * Tên đầy đủ của cơ quan, đơn vị.
   */
  name: string
}
/**
 * Câu hỏi của người dân / Question asked
 *
 * Câu hỏi của tổ chức, cá nhân gửi tới cơ quan. Chủ đề của bản tin là mã câu hỏi.
 */
export interface QuestionAsked {
  /**
   * Mã câu hỏi / Question id
   *
   * Mã hỏi đáp trên Cổng Dịch vụ công quốc gia hoặc tại hệ thống nguồn.
   */
  id: string
  agency: DossierAgency6
  domainCode?: string
  procedureCode?: string
  /**
   * Nội dung câu hỏi / Content
   *
   * Nội dung câu hỏi.
   */
  content: string
  /**
   * Thời điểm hỏi / Asked at
   *
   * Thời điểm gửi câu hỏi, nếu nguồn có.
   */
  askedAt?: string
  /**
   * Người hỏi / Asker
   *
   * Người gửi câu hỏi, nếu nguồn có.
   */
  asker?: {
    /**
     * Họ tên người hỏi / Name
     *
     * Họ tên người hỏi.
     */
    name: string
    /**
     * Địa chỉ / Address
     *
     * Địa chỉ của người hỏi.
     */
    address?: string
    email?: string
    phone?: string
  }
}
/**
 * Cơ quan được hỏi / Asked agency
 *
 * Cơ quan có trách nhiệm trả lời.
 */
export interface DossierAgency6 {
  code: string
  /**
   * Tên cơ quan / Agency name
   *
   * Tên đầy đủ của cơ quan, đơn vị.
   */
  name: string
}
/**
 * Bộ chỉ số phục vụ theo kỳ / Service index of a period
 *
 * Điểm Bộ chỉ số chỉ đạo, điều hành và đánh giá chất lượng phục vụ người dân, doanh nghiệp (Quyết định 766/QĐ-TTg năm 2022) của một đơn vị trong một tháng, quý hoặc năm. Chủ đề của bản tin là mã đơn vị và kỳ, nối bằng dấu gạch chéo. Điều không biết thì không có: thiếu không phải là 0. Ví dụ H99.14/2024-01.
 */
export interface ServiceIndexReported {
  agency: DossierAgency7
  /**
   * Kỳ / Period
   *
   * Tháng (YYYY-MM), quý (YYYY-Qn) hoặc năm (YYYY).
   */
  period: string
  /**
   * Căn cứ / Basis
   *
   * published: điểm do Cổng công bố, là điểm chính thức. estimate: điểm do địa phương tự tính, chỉ để tham khảo.
   */
  basis: 'published' | 'estimate'
  /**
   * Nhóm chỉ số / Groups
   *
   * Điểm từng nhóm, ví dụ CKMB, TDGQ, ONLINE, MDSH, MDHL, TTTT.
   */
  groups?: {
    /**
     * Mã nhóm / Group
     *
     * Mã nhóm như nguồn viết.
     */
    code: string
    /**
     * Tên nhóm / Name
     *
     * Tên như nguồn viết.
     */
    name?: string
    /**
     * Điểm / Score
     *
     * Điểm của nhóm.
     */
    score: number
    /**
     * Điểm tối đa / Highest score
     *
     * Điểm tối đa của nhóm.
     */
    maxScore?: number
  }[]
  /**
   * Chỉ số / Indicators
   *
   * Từng chỉ số thành phần.
   */
  indicators: {
    /**
     * Mã chỉ số / Indicator
     *
     * Mã như nguồn viết, ví dụ PUBLISH_ON_TIME hoặc 1.1.
     */
    code: string
    /**
     * Tên chỉ số / Name
     *
     * Tên như nguồn viết.
     */
    name?: string
    /**
     * Tử số / Numerator
     *
     * Tử số của chỉ số.
     */
    numerator?: number
    /**
     * Mẫu số / Denominator
     *
     * Mẫu số của chỉ số.
     */
    denominator?: number
    /**
     * Tỷ lệ / Ratio
     *
     * Tỷ lệ như nguồn cho; liên thông không tính lại.
     */
    ratio?: number
    /**
     * Điểm / Score
     *
     * Điểm của chỉ số.
     */
    score?: number
    /**
     * Điểm tối đa / Highest score
     *
     * Điểm tối đa của chỉ số.
     */
    maxScore?: number
    /**
     * Cờ chất lượng số liệu / Data quality
     *
     * Như nguồn viết, ví dụ NO_NATIONAL_REPORT_DATA.
     */
    quality?: string[]
  }[]
}
/**
 * Đơn vị / Agency
 *
 * Đơn vị mà điểm nói về.
 */
export interface DossierAgency7 {
  code: string
  /**
   * Tên cơ quan / Agency name
   *
   * Tên đầy đủ của cơ quan, đơn vị.
   */
  name: string
}
/**
 * Hồ sơ bảo trợ xã hội / Social protection dossier
 *
 * Hồ sơ bảo trợ xã hội: toàn bộ trạng thái của hồ sơ, đối tượng được trợ giúp và quyết định nếu có. Chủ đề của bản tin là mã hồ sơ.
 */
export interface SocialProtectionUpserted {
  dossier: Dossier5
  /**
   * Địa bàn giải quyết / Place
   *
   * Đơn vị hành chính của cơ quan giải quyết hồ sơ.
   */
  place: {
    /**
     * Mã tỉnh / Province code
     *
     * Mã tỉnh theo danh mục của cơ quan thống kê, 2 chữ số.
     */
    provinceCode: string
    /**
     * Mã huyện / District code
     *
     * Mã huyện, 3 chữ số; chỉ có ở địa chỉ trước ngày 01/7/2025.
     */
    districtCode?: string
    /**
     * Mã xã / Ward code
     *
     * Mã xã, phường, đặc khu, 5 chữ số.
     */
    wardCode: string
  }
  /**
   * Đối tượng được trợ giúp / Beneficiary
   *
   * Người được hưởng trợ giúp; có thể không phải là người nộp hồ sơ.
   */
  beneficiary: {
    /**
     * Họ và tên / Name
     *
     * Họ và tên đối tượng.
     */
    name: string
    /**
     * Ngày sinh / Birth
     *
     * Ngày sinh, dạng YYYY-MM-DD.
     */
    birth: string
    /**
     * Giới tính / Gender
     *
     * Giới tính: male (nam), female (nữ), other (khác).
     */
    gender: 'male' | 'female' | 'other'
    /**
     * Mã dân tộc / Ethnicity code
     *
     * Mã dân tộc theo danh mục thống kê, 2 chữ số.
     */
    ethnicityCode?: string
    /**
     * Giấy tờ tuỳ thân / Identity
     *
     * Số định danh cá nhân hoặc chứng minh nhân dân của đối tượng.
     */
    identity: {
      /**
       * Loại giấy tờ / Kind
       *
       * Loại: personal-id (số định danh cá nhân, 12 chữ số), former-id (chứng minh nhân dân, 9 chữ số).
       */
      kind: 'personal-id' | 'former-id'
      /**
       * Số giấy tờ / Number
       *
       * Số của giấy tờ, giữ nguyên số 0 ở đầu.
       */
      number: string
      /**
       * Ngày cấp / Issued on
       *
       * Ngày cấp giấy tờ, dạng YYYY-MM-DD.
       */
      issuedOn?: string
    }
    phone?: string
    email?: string
    permanentResidence: SocialProtectionUpsertedResidence
    currentResidence: SocialProtectionUpsertedResidence1
  }
  /**
   * Quyết định / Decision
   *
   * Văn bản kết quả giải quyết, khi đã ban hành.
   */
  decision?: {
    /**
     * Loại kết quả / Kind
     *
     * Loại văn bản kết quả.
     */
    kind?: string
    /**
     * Số quyết định / Number
     *
     * Số và ký hiệu của quyết định.
     */
    number: string
    /**
     * Cơ quan ban hành / Issuing agency
     *
     * Tên cơ quan ban hành quyết định.
     */
    agency: string
    /**
     * Trích yếu / Summary
     *
     * Trích yếu của quyết định.
     */
    summary?: string
    /**
     * Ngày ban hành / Issued on
     *
     * Ngày ban hành, dạng YYYY-MM-DD.
     */
    issuedOn: string
  }
}
/**
 * Hồ sơ / Dossier
 *
 * Toàn bộ trạng thái của hồ sơ tại thời điểm phát sinh bản tin.
 */
export interface Dossier5 {
  code: string
  nationalCode?: string
  /**
   * Số biên nhận / Receipt number
   *
   * Số biên nhận hồ sơ do bộ phận một cửa cấp, nếu có.
   */
  receiptNumber?: string
  procedure: DossierProcedure
  domain: DossierDomain
  agency: DossierAgency1
  handlingUnit: DossierUnit
  /**
   * Kênh thực hiện / Channel
   *
   * Cách nộp hồ sơ: direct (trực tiếp), online (trực tuyến), postal (bưu chính công ích).
   */
  channel: 'direct' | 'online' | 'postal'
  /**
   * Nơi nộp hồ sơ / Submitted from
   *
   * Nơi hồ sơ được nộp: portal (Cổng Dịch vụ công quốc gia), province (hệ thống của bộ hoặc tỉnh).
   */
  submittedFrom: 'portal' | 'province'
  applicant: DossierApplicant
  /**
   * Trích yếu hồ sơ / Summary
   *
   * Trích yếu nội dung hồ sơ, tối đa 1.000 ký tự; không được cắt bớt hay điền thay.
   */
  summary: string
  /**
   * Thời điểm nộp / Submitted at
   *
   * Thời điểm người nộp gửi hồ sơ.
   */
  submittedAt: string
  /**
   * Thời điểm tiếp nhận / Accepted at
   *
   * Thời điểm hồ sơ được tiếp nhận. Bắt buộc trừ hồ sơ mới đăng ký hoặc không được tiếp nhận.
   */
  acceptedAt?: string
  /**
   * Thời điểm hẹn trả / Due at
   *
   * Thời điểm hẹn trả kết quả; căn cứ tính hồ sơ đúng hạn.
   */
  dueAt?: string
  /**
   * Thời điểm kết thúc xử lý / Finished at
   *
   * Thời điểm xử lý xong; bắt buộc khi hồ sơ đã xử lý xong hoặc đã trả kết quả.
   */
  finishedAt?: string
  /**
   * Thời điểm trả kết quả / Returned at
   *
   * Thời điểm trao kết quả cho người nộp; bắt buộc khi hồ sơ đã trả kết quả.
   */
  returnedAt?: string
  /**
   * Thời điểm từ chối / Refused at
   *
   * Thời điểm hồ sơ không được tiếp nhận.
   */
  refusedAt?: string
  status: DossierStatus
  /**
   * Hình thức trả kết quả / Return method
   *
   * Cách trả kết quả: direct (trực tiếp), postal (qua bưu chính).
   */
  returnMethod: 'direct' | 'postal'
  /**
   * Thông tin trả kết quả / Return note
   *
   * Thông tin kèm theo việc trả kết quả, ví dụ người nhận thay.
   */
  returnNote?: string
  /**
   * Thông tin khác / Other information
   *
   * Thông tin khác của người nộp hoặc của hồ sơ.
   */
  otherInformation?: string
  /**
   * Ghi chú / Note
   *
   * Ghi chú, tối đa 2.000 ký tự.
   */
  note?: string
  /**
   * Có thành phần số hoá / Digitised
   *
   * Đúng khi ít nhất một thành phần hồ sơ đã được số hoá hoặc tái sử dụng.
   */
  digitised: boolean
  /**
   * Tài khoản xác thực VNeID / Verified by VNeID
   *
   * Đúng khi tài khoản nộp hồ sơ đã được xác thực với VNeID.
   */
  verifiedByVNeID: boolean
  /**
   * Thanh toán trực tuyến / Online payment
   *
   * Hồ sơ được thanh toán trực tuyến ở đâu: none (không phát sinh), portal (nền tảng của Cổng Dịch vụ công quốc gia), province (cổng thanh toán của bộ, tỉnh), offline (có phí, lệ phí nhưng không nộp trực tuyến).
   */
  onlinePayment: 'none' | 'portal' | 'province' | 'offline'
  /**
   * Cơ sở dữ liệu đã khai thác / Databases consulted
   *
   * Các cơ sở dữ liệu đã được khai thác khi giải quyết hồ sơ; danh sách rỗng khi không khai thác.
   */
  databasesConsulted: string[]
  /**
   * Thành phần hồ sơ / Components
   *
   * Các tệp thuộc thành phần hồ sơ đã nộp.
   */
  components: DossierComponent[]
  /**
   * Phí, lệ phí / Fees
   *
   * Các khoản phí, lệ phí của hồ sơ; danh sách rỗng khi hồ sơ không có phí, lệ phí.
   */
  fees: DossierFee[]
  /**
   * Giấy tờ khác / Other papers
   *
   * Các giấy tờ khác kèm theo hồ sơ, không có tệp.
   */
  otherPapers: DossierPaper[]
  /**
   * Các lần bổ sung / Supplements
   *
   * Các lần yêu cầu bổ sung hồ sơ, theo thứ tự thời gian.
   */
  supplements: DossierSupplement[]
  /**
   * Giấy tờ kết quả / Results
   *
   * Các giấy tờ là kết quả giải quyết hồ sơ.
   */
  results: DossierResult[]
}
/**
 * Hộ khẩu thường trú / Permanent residence
 *
 * Nơi đăng ký thường trú.
 */
export interface SocialProtectionUpsertedResidence {
  /**
   * Mã tỉnh / Province code
   *
   * Mã tỉnh theo danh mục của cơ quan thống kê, 2 chữ số.
   */
  provinceCode: string
  /**
   * Mã huyện / District code
   *
   * Mã huyện, 3 chữ số; chỉ có ở địa chỉ trước ngày 01/7/2025.
   */
  districtCode?: string
  /**
   * Mã xã / Ward code
   *
   * Mã xã, phường, đặc khu, 5 chữ số.
   */
  wardCode: string
  /**
   * Mã thôn / Hamlet code
   *
   * Mã thôn, tổ dân phố, nếu có.
   */
  hamletCode?: string
  /**
   * Địa chỉ chi tiết / Detail
   *
   * Số nhà, đường, thôn, tổ dân phố.
   */
  detail: string
}
/**
 * Nơi ở hiện tại / Current residence
 *
 * Nơi đang ở; nguồn ghi cả khi trùng với nơi thường trú.
 */
export interface SocialProtectionUpsertedResidence1 {
  /**
   * Mã tỉnh / Province code
   *
   * Mã tỉnh theo danh mục của cơ quan thống kê, 2 chữ số.
   */
  provinceCode: string
  /**
   * Mã huyện / District code
   *
   * Mã huyện, 3 chữ số; chỉ có ở địa chỉ trước ngày 01/7/2025.
   */
  districtCode?: string
  /**
   * Mã xã / Ward code
   *
   * Mã xã, phường, đặc khu, 5 chữ số.
   */
  wardCode: string
  /**
   * Mã thôn / Hamlet code
   *
   * Mã thôn, tổ dân phố, nếu có.
   */
  hamletCode?: string
  /**
   * Địa chỉ chi tiết / Detail
   *
   * Số nhà, đường, thôn, tổ dân phố.
   */
  detail: string
}
/**
 * Nơi cư trú / Residence
 *
 * Nơi cư trú theo mã đơn vị hành chính và địa chỉ chi tiết.
 */
export interface SocialProtectionUpsertedResidence2 {
  /**
   * Mã tỉnh / Province code
   *
   * Mã tỉnh theo danh mục của cơ quan thống kê, 2 chữ số.
   */
  provinceCode: string
  /**
   * Mã huyện / District code
   *
   * Mã huyện, 3 chữ số; chỉ có ở địa chỉ trước ngày 01/7/2025.
   */
  districtCode?: string
  /**
   * Mã xã / Ward code
   *
   * Mã xã, phường, đặc khu, 5 chữ số.
   */
  wardCode: string
  /**
   * Mã thôn / Hamlet code
   *
   * Mã thôn, tổ dân phố, nếu có.
   */
  hamletCode?: string
  /**
   * Địa chỉ chi tiết / Detail
   *
   * Số nhà, đường, thôn, tổ dân phố.
   */
  detail: string
}
