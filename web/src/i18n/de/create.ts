export const create = {
  title: 'create',
}
