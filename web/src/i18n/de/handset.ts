export const handset = {
  title: 'handset',
}
