export const blocked = {
  lead: {
    vi: 'Hồ sơ không đi tiếp được cho tới khi có người quyết định. Nhận sớm nhất đứng trước.',
    en: 'Dossiers that go no further until somebody decides. Accepted longest ago first.',
  },
  columns: {
    dossier: { vi: 'Hồ sơ', en: 'Dossier' },
    system: { vi: 'Hệ thống', en: 'System' },
    by: { vi: 'Bị chặn vì', en: 'Blocked by' },
    since: { vi: 'Bị chặn từ', en: 'Blocked since' },
    accepted: { vi: 'Nhận lúc', en: 'Accepted' },
    behind: { vi: 'Chờ sau', en: 'Behind' },
    owner: { vi: 'Phụ trách', en: 'Owner' },
  },
  filters: {
    unit: { vi: 'Mã đơn vị', en: 'Agency code' },
    code: { vi: 'Mã lỗi', en: 'Error code' },
    owner: { vi: 'Người phụ trách', en: 'Owner' },
  },
  empty: {
    title: { vi: 'Không hồ sơ nào bị chặn', en: 'No dossier is blocked' },
    next: {
      vi: 'Hồ sơ nào có lượt gửi phải chờ người quyết định thì hiện ở đây, kèm lý do và số lượt chờ phía sau.',
      en: 'A dossier whose delivery needs a person shows here, with the reason and how much waits behind it.',
    },
  },
}
