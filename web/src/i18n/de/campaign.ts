export const campaign = {
  title: 'campaign',
}
