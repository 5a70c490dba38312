/** A small configuration without a fault, to be spoilt by tests. */
export const soundFiles = {
  'hub.yaml': `province: H99
publicUrl: https://lien-thong.h99.example
`,
  'systems/cong.yaml': `id: cong
title: { vi: Cổng thử, en: Test portal }
connector: portal
options:
  address: https://cong.example
  agencyCode: 000.00.00.H99
  credentials:
    username: tinh-h99
    password: env:HUB_SECRET_CONG
concurrency: 4
maintenance:
  - kind: weekly
    days: [7]
    from: 23:00
    to: 01:00
    reason: Sao lưu
`,
  'systems/mot-cua.yaml': `id: mot-cua
title: { vi: Một cửa, en: One-stop }
connector: registrar
options: { address: http://10.99.0.12:8080 }
trusted:
  - { cidr: 10.99.0.12/32, client: mot-cua }
`,
  'jobs/ho-so.yaml': `id: ho-so
title: { vi: Hồ sơ lên Cổng, en: Dossiers to the portal }
kind: push
types: [vn.tthc.dossier.upserted.v1, vn.tthc.dossier.progressed.v1]
to: cong
`,
  'jobs/lay-ve.yaml': `id: lay-ve
title: { vi: Lấy hồ sơ, en: Pull dossiers }
kind: pull
enabled: false
from: mot-cua
operation: dossiers
schedule: "*/10 * * * *"
`,
  'codes/trang-thai.csv': `canonical,remote,valid_from,valid_to,note
accepted,2,,2025-06-30,
accepted,02,2025-07-01,,"sau sắp xếp, mã mới"
finished,9,,,
`,
} as const
