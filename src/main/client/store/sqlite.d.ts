/** The part of better-sqlite3-multiple-ciphers that the store uses; the package does not expose its own types. */
declare module 'better-sqlite3-multiple-ciphers' {
  namespace Database {
    interface Statement<Values extends unknown[]> {
      get(...values: Values): unknown
      all(...values: Values): unknown[]
      run(...values: Values): { changes: number }
    }
    interface Transaction<Result> {
      (): Result
      immediate(): Result
    }
    class SqliteError extends Error {
      code: string
    }
  }
  class Database {
    static SqliteError: typeof Database.SqliteError
    constructor(path: string)
    prepare<Values extends unknown[]>(sql: string): Database.Statement<Values>
    transaction<Result>(work: () => Result): Database.Transaction<Result>
    pragma(source: string, options?: { simple: boolean }): unknown
    exec(sql: string): this
    close(): this
  }
  export = Database
}
