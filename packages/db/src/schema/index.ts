/** The registry of tables: what drizzle-kit compares with the migrations. */
export { articles } from './articles.ts'
export { comments } from './comments.ts'
export { credentials } from './credentials.ts'
export { favourites } from './favourites.ts'
export { follows } from './follows.ts'
export { sessions } from './sessions.ts'
export { articleTags, tags } from './tags.ts'
export { users } from './users.ts'
