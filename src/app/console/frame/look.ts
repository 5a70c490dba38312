/** The colours of Ant Design where its own are too pale to be read by everybody (WCAG 2.2, 4.5 : 1). */
import { type ThemeConfig, theme } from 'antd'
import type { Shade } from './theme.ts'

/** What tags are written in. Ant Design knows each shade by two names, of which either may win. */
const darkInk = Object.fromEntries(
  Object.entries({
    ...{ green: '#1f6504', orange: '#994100', gold: '#7a5200', red: '#a8071a', blue: '#0b4f96' },
    ...{ purple: '#531dab', volcano: '#a32100', cyan: '#00606b', geekblue: '#1d39c4' },
  }).flatMap(([name, ink]) => [`${name}7`, `${name}-7`].map((shade) => [shade, ink])),
)

const light: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    borderRadius: 6,
    ...darkInk,
    // Alerts: the paper of Ant Design, and edges that can be seen.
    ...{ colorSuccessBg: '#f3fbec', colorSuccessBorder: '#a9d98c' },
    ...{ colorWarningBg: '#fff9e8', colorWarningBorder: '#f0c96b' },
    ...{ colorErrorBg: '#fff2f1', colorErrorBorder: '#f0a9a5' },
    ...{ colorInfoBg: '#eaf4fe', colorInfoBorder: '#9cc8f0', colorPrimaryBg: '#e2effb' },
    colorPrimary: '#0b5cad',
    colorInfo: '#0b5cad',
    colorLink: '#0b5cad',
    colorSuccess: '#2b7a0b',
    colorWarning: '#b45309',
    colorError: '#c8102e',
    colorTextDescription: 'rgba(0, 0, 0, 0.65)',
    colorTextTertiary: 'rgba(0, 0, 0, 0.65)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.6)',
  },
  components: { Layout: { headerBg: '#ffffff', siderBg: '#ffffff' } },
}

const dark: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    borderRadius: 6,
    colorPrimary: '#4a9be8',
    colorInfo: '#4a9be8',
    colorLink: '#7cbcf5',
    // What is dangerous is written in it.
    colorError: '#f5827f',
    colorTextDescription: 'rgba(255, 255, 255, 0.72)',
    colorTextTertiary: 'rgba(255, 255, 255, 0.72)',
    colorTextPlaceholder: 'rgba(255, 255, 255, 0.65)',
  },
  components: {
    Layout: { headerBg: '#141414', siderBg: '#141414' },
    Menu: { itemSelectedColor: '#9ccdf7', itemSelectedBg: '#15304d' },
    Button: { primaryColor: '#00182e' },
    Segmented: { itemSelectedColor: '#ffffff' },
  },
}

export const looks: Readonly<Record<Shade, ThemeConfig>> = { light, dark }
