/** The editor shows the text in a textarea, as jsdom can type in it. */
export const writeInPlainField = () => localStorage.setItem('galley-editor-plain', 'yes')
