export const audio = {
  title: 'audio',
}
