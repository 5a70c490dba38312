declare module 'virtual:words/*' {
  const words: import('i18next').ResourceKey
  export default words
}
