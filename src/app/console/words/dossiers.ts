export const dossiers = {
  systems: { vi: 'Ở từng hệ thống', en: 'At each system' },
  columns: {
    system: { vi: 'Hệ thống', en: 'System' },
    state: { vi: 'Tình trạng', en: 'State' },
    last: { vi: 'Gửi được gần nhất', en: 'Last delivered' },
    open: { vi: 'Đang chờ', en: 'Waiting' },
    waits: { vi: 'Vướng gì, từ bao giờ', en: 'What blocks it, since when' },
  },
  inStep: { vi: 'Khớp', en: 'In step' },
  blocked: { vi: 'Bị chặn', en: 'Blocked' },
  onItsWay: { vi: 'Đang đi', en: 'On its way' },
  since: { vi: 'từ', en: 'since' },
  openDelivery: { vi: 'Xem lượt gửi', en: 'See the delivery' },
  timeline: { vi: 'Diễn biến, mới nhất trước', en: 'What happened, newest first' },
  truncated: {
    vi: 'Chỉ hiện 500 mục mới nhất.',
    en: 'Only the newest 500 entries are shown.',
  },
  jump: {
    open: { vi: 'Tìm hồ sơ', en: 'Find a dossier' },
    label: {
      vi: 'Mã hồ sơ, mã bản tin hoặc mã lượt gửi',
      en: 'Code of a dossier, id of a message or delivery',
    },
    hint: {
      vi: 'Gõ phần đầu của mã hồ sơ rồi Enter. Dán mã ở bất kỳ màn hình nào cũng được.',
      en: 'Type the beginning of the code, then Enter. Pasting a code works on any screen.',
    },
    none: {
      vi: 'Liên thông chưa nhận bản tin nào của mã này. Kiểm tra mã; nếu mã đúng, hồ sơ chưa được hệ thống nguồn gửi sang.',
      en: 'The hub has accepted no message of this code. Check it; if it is right, the source has not sent the dossier yet.',
    },
    kind: {
      dossier: { vi: 'Hồ sơ', en: 'Dossier' },
      message: { vi: 'Bản tin', en: 'Message' },
      delivery: { vi: 'Lượt gửi', en: 'Delivery' },
    },
  },
}
