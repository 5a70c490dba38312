/** The colours of Ant Design where its own are too pale to be read by everybody (WCAG 2.2, 4.5 : 1). */
import { type ThemeConfig, theme } from 'antd'
import type { Shade } from './theme.ts'

const light: ThemeConfig = {
  algorithm: theme.defaultAlgorithm,
  token: {
    borderRadius: 6,
    // The tags are written in the shade after these.
    ...{ green: '#2b7a0b', orange: '#b45309', gold: '#946200', red: '#c8102e', volcano: '#b93815' },
    ...{
      blue: '#0b5cad',
      geekblue: '#2f4bb8',
      cyan: '#0b7285',
      purple: '#6b3fa0',
      magenta: '#b01c6b',
    },
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
