export const audit = {
  lead: {
    vi: 'Ai đã làm gì, với cái gì, vì sao. Dòng đã niêm mà bị sửa hay xoá thì chuỗi băm cho biết.',
    en: 'Who did what, to what and why. The chain of hashes tells when a sealed row was changed or removed.',
  },
  columns: {
    at: { vi: 'Lúc', en: 'When' },
    actor: { vi: 'Ai', en: 'Who' },
    action: { vi: 'Việc', en: 'What' },
    object: { vi: 'Về', en: 'About' },
    reason: { vi: 'Lý do', en: 'Why' },
  },
  filters: {
    actor: { vi: 'Ai, ví dụ user:lan', en: 'Who, e.g. user:lan' },
    action: { vi: 'Việc', en: 'Action' },
    object: { vi: 'Về cái gì', en: 'About what' },
    from: { vi: 'Từ ngày', en: 'From' },
    to: { vi: 'Tới hết ngày', en: 'Up to' },
    refused: { vi: 'Chỉ bị từ chối', en: 'Refused only' },
  },
  kinds: { vi: 'Cả nhóm {{kind}}', en: 'All of {{kind}}' },
  refused: { vi: 'bị từ chối', en: 'refused' },
  verify: {
    button: { vi: 'Kiểm tra chuỗi', en: 'Verify the chain' },
    explains: {
      vi: 'Tính lại băm của mọi dòng từ đầu. Nếu đã chép mốc cuối của lần trước ra nơi khác, dán vào đây: chuỗi bị cắt đuôi cũng lộ.',
      en: 'Works out the hash of every row anew. Paste the head that was kept elsewhere the last time: then even a tail that was cut off shows.',
    },
    anchor: {
      vi: 'Mốc đã chép lần trước (không bắt buộc)',
      en: 'Head kept from last time (optional)',
    },
    anchorForm: { vi: 'Mốc là 64 chữ số thập lục phân.', en: 'A head is 64 hexadecimal digits.' },
    whole: { vi: 'Chuỗi nguyên vẹn', en: 'The chain is whole' },
    broken: { vi: 'Chuỗi bị đứt tại {{place}}', en: 'The chain is broken at {{place}}' },
    brokenNext: {
      vi: 'Giữ nguyên cơ sở dữ liệu, báo cán bộ an toàn thông tin và nhóm phát triển ngay.',
      en: 'Keep the database as it is and tell the security officer and the developers at once.',
    },
    sealed: { vi: 'Dòng đã niêm', en: 'Sealed rows' },
    unsealed: { vi: 'Dòng chờ niêm', en: 'Rows not sealed yet' },
    head: { vi: 'Mốc cuối (chép ra nơi khác)', en: 'Head (keep it elsewhere)' },
  },
  row: {
    title: { vi: 'Dòng nhật ký {{id}}', en: 'Audit row {{id}}' },
    back: { vi: 'Về danh sách', en: 'To the list' },
    before: { vi: 'Trước', en: 'Before' },
    after: { vi: 'Sau', en: 'After' },
    what: { vi: 'Điều thay đổi', en: 'What changed' },
    more: { vi: 'Ghi kèm', en: 'Besides' },
    seal: { vi: 'Chuỗi băm', en: 'Chain of hashes' },
    link: {
      vi: 'Mắt xích {{link}} giữ dòng {{from}} tới {{to}}, niêm',
      en: 'Link {{link}} holds rows {{from}} to {{to}}, sealed',
    },
    unsealed: { vi: 'Chưa niêm; trong vài giây nữa.', en: 'Not sealed yet; within seconds.' },
    sameObject: { vi: 'Mọi việc về cái này', en: 'All about this' },
    sameActor: { vi: 'Mọi việc của người này', en: 'All by this one' },
  },
  empty: {
    title: { vi: 'Nhật ký còn trống', en: 'Nothing is on record yet' },
    next: {
      vi: 'Mỗi thay đổi trên bảng điều khiển, qua API hay dòng lệnh hiện thành một dòng ở đây.',
      en: 'Each change made in the console, over the API or by the command line shows here.',
    },
  },
}
