export const contacts = {
  title: 'contacts',
}
