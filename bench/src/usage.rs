//! What a tree of processes has used, read from `/proc`: CPU time and memory.
//!
//! Processes that ended are counted as far as their parent has waited for them. Memory is private memory at the time
//! of reading, summed, so that PostgreSQL's shared buffers are not counted once for each of its processes.

use std::collections::HashMap;
use std::fs;

use anyhow::{Context, Result};

const TICKS_PER_SECOND: f64 = 100.0;
/// What `clear_refs` takes for it (proc(5)).
const FORGET_PEAK: &str = "5";

/// A process as `/proc/PID/stat` has it.
struct Process {
    parent: u32,
    cpu_ticks: u64,
    cpu_ticks_of_ended_children: u64,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    pub cpu_s: f64,
    pub memory_mib: f64,
}

impl Usage {
    /// Of the processes `roots` and all below them.
    pub fn of_trees(roots: &[u32]) -> Result<Self> {
        let processes = all_processes()?;
        let mut usage = Self::default();
        for pid in processes.keys().filter(|pid| roots.iter().any(|root| is_below(&processes, **pid, *root))) {
            let process = &processes[pid];
            usage.cpu_s += (process.cpu_ticks + process.cpu_ticks_of_ended_children) as f64 / TICKS_PER_SECOND;
            usage.memory_mib += private_memory_mib(*pid);
        }
        Ok(usage)
    }
}

fn all_processes() -> Result<HashMap<u32, Process>> {
    let mut processes = HashMap::new();
    for entry in fs::read_dir("/proc").context("reading /proc")? {
        let name = entry?.file_name();
        let Some(pid) = name.to_str().and_then(|name| name.parse().ok()) else { continue };
        // A process may end while it is read.
        if let Some(process) = fs::read_to_string(format!("/proc/{pid}/stat")).ok().as_deref().and_then(parse_stat) {
            processes.insert(pid, process);
        }
    }
    Ok(processes)
}

/// The fields behind the name in brackets, which may itself contain blanks and brackets.
fn parse_stat(stat: &str) -> Option<Process> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let number = |at: usize| fields.get(at).and_then(|field| field.parse::<u64>().ok());
    Some(Process {
        parent: u32::try_from(number(1)?).ok()?,
        cpu_ticks: number(11)? + number(12)?,
        cpu_ticks_of_ended_children: number(13)? + number(14)?,
    })
}

fn is_below(processes: &HashMap<u32, Process>, pid: u32, root: u32) -> bool {
    let mut here = pid;
    while here != root {
        match processes.get(&here) {
            Some(process) if process.parent != 0 => here = process.parent,
            _ => return false,
        }
    }
    true
}

fn private_memory_mib(pid: u32) -> f64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let kib = |field: &str| -> f64 {
        let line = rollup.lines().find(|line| line.starts_with(field));
        line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kib| kib.parse().ok()).unwrap_or(0.0)
    };
    (kib("Private_Clean:") + kib("Private_Dirty:")) / 1024.0
}

/// Resident memory of one process, with what it shares.
pub fn rss_mib(pid: u32) -> Result<f64> {
    status_mib(pid, "VmRSS:")
}

/// The most resident memory since its start, or since it was forgotten.
pub fn peak_rss_mib(pid: u32) -> Result<f64> {
    status_mib(pid, "VmHWM:")
}

/// From now on the peak is that of what comes.
pub fn forget_peak_rss(pid: u32) -> Result<()> {
    fs::write(format!("/proc/{pid}/clear_refs"), FORGET_PEAK).context("the kernel does not forget peaks")
}

fn status_mib(pid: u32, field: &str) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).context("the process has ended")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)).with_context(|| format!("no {field}"))?;
    let kib: f64 = line.split_whitespace().next().with_context(|| format!("an empty {field}"))?.parse()?;
    Ok(kib / 1024.0)
}

/// The load averages of the machine, as it says them.
pub fn load_average() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_brackets_does_not_shift_the_fields() {
        let stat = "42 (a (b) c) S 7 42 42 0 -1 4194304 100 0 0 0 11 22 33 44 20 0 1 0 100 1 1";
        let process = parse_stat(stat).expect("a process");
        assert_eq!((process.parent, process.cpu_ticks, process.cpu_ticks_of_ended_children), (7, 33, 77));
    }

    #[test]
    fn this_process_uses_memory() {
        let usage = Usage::of_trees(&[std::process::id()]).expect("usage");
        assert!(usage.memory_mib > 0.1);
        assert!(rss_mib(std::process::id()).expect("memory") > 0.1);
        forget_peak_rss(std::process::id()).expect("a new peak");
        assert!(peak_rss_mib(std::process::id()).expect("a peak") > 0.1);
        assert!(Usage::of_trees(&[u32::MAX]).expect("usage").memory_mib == 0.0);
    }
}
