/** The domain's tables as they are written in Rust, for tests that compare ours with them. */
import { readFileSync } from 'node:fs'

/** Tests run in `web`, beside which the crates are. */
export function domainSource(name: string): string {
  return readFileSync(`../crates/domain/src/${name}.rs`, 'utf8')
}
