export const doNotCall = {
  title: 'doNotCall',
}
