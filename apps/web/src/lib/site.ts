import { useRouter } from '@tanstack/react-router'

/** The publication's settings, as they were when the page was rendered on the server. */
export const useSite = () => useRouter().options.context.site
