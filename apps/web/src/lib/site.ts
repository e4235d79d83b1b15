export const siteName = 'Galley'
export const siteDescription = 'Essays and notes on how things are made, and how they hold up.'
