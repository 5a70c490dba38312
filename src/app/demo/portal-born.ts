/** Dossiers that citizens hand in at the portal: they come in by the portal's door and go to the TTHC system. */
import type { Stage } from './pass.ts'

export interface PortalBorn {
  readonly code: string
  readonly applicant: string
}

/** `from` is how many earlier passes have made; the same numbers come again until a pass is finished. */
export const portalBorn = (from: number, count: number): PortalBorn[] =>
  Array.from({ length: count }, (_, index) => ({
    code: `G22.99.01-260105-${String(from + index + 1).padStart(6, '0')}`,
    applicant: `Công ty TNHH Thử Nghiệm ${from + index + 1}`,
  }))

/** As the portal's adapter would send it. Returns how many were taken, repeats included. */
export async function handIn(
  { address, key }: Pick<Stage, 'address' | 'key'>,
  dossiers: readonly PortalBorn[],
): Promise<number> {
  let taken = 0
  for (const { code, applicant } of dossiers) {
    const response = await fetch(`${address}/doors/dvcqg/nhanhsdvcqg`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        MaHoSo: code,
        MaTTHC: '9.000001',
        NgayNopHoSo: '20260105073000',
        TenThuongNhan: applicant,
        MaSoThue: '0000000000',
        TenChuongTrinhKhuyenMai: 'Khuyến mại thử',
        TenTepDonDangKy: 'Đơn đăng ký.pdf',
        TepDonDangKy: 'VGjhu60=',
      }),
    })
    const { error_code: code0 } = (await response.json()) as { readonly error_code?: unknown }
    // 0 is new, 1 is "that one I have already".
    if (['0', '1'].includes(String(code0))) taken++
  }
  return taken
}

/** How many of these the TTHC system does not hold, or holds under another name. */
export function missingAt(
  held: ReadonlyMap<string, unknown>,
  dossiers: readonly PortalBorn[],
): number {
  return dossiers.filter(
    ({ code, applicant }) => !JSON.stringify(held.get(code) ?? '').includes(applicant),
  ).length
}
