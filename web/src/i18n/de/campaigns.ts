export const campaigns = {
  title: 'campaigns',
}
