//! A child process that speaks in lines: started with pipes, told to go, read line by line, ended with its owner.
//!
//! Contestants, the carrier of a contest and the measured server are such processes, so that what they use can be read
//! from outside. What they use is [`usage`](crate::usage)'s business.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, ensure};

/// A child process that is ended with its owner.
pub struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Running {
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {command:?}"))?;
        let output = BufReader::new(child.stdout.take().context("stdout is piped")?);
        Ok(Self { child, output })
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    pub fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(self.output.read_line(&mut line)? > 0, "a process ended before its answer");
        Ok(line.trim().to_owned())
    }

    pub fn go(&mut self) -> Result<()> {
        let input = self.child.stdin.as_mut().context("stdin is piped")?;
        Ok(input.write_all(b"go\n")?)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
