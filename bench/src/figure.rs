//! A figure: what was measured, the limit measured in the same run, the goal, and whether it is reached.
//!
//! Judged is the ratio where there is a limit, else the measured value itself. Nothing is measured here.

use serde::Serialize;

/// A goal for the judged number.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Goal {
    AtLeast(f64),
    AtMost(f64),
    /// A figure for those who compare; nothing is promised.
    Unset,
}

impl Goal {
    fn is_reached_by(self, judged: f64) -> bool {
        match self {
            Self::AtLeast(goal) => judged >= goal,
            Self::AtMost(goal) => judged <= goal,
            Self::Unset => true,
        }
    }

    fn words(self) -> String {
        match self {
            Self::AtLeast(goal) => format!(">= {}", short(goal)),
            Self::AtMost(goal) => format!("<= {}", short(goal)),
            Self::Unset => "-".to_owned(),
        }
    }
}

/// What a figure is compared with, measured in the same run.
#[derive(Clone, Debug, Serialize)]
pub struct Limit {
    pub what: String,
    pub value: f64,
    pub ratio: f64,
}

#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// Its number among the goals: `P-1`.
    pub number: &'static str,
    pub what: String,
    pub measured: f64,
    pub unit: &'static str,
    pub limit: Option<Limit>,
    pub goal: Goal,
    pub reached: bool,
}

impl Figure {
    /// A figure with a goal of its own.
    pub fn new(
        number: &'static str,
        what: impl Into<String>,
        (measured, unit): (f64, &'static str),
        goal: Goal,
    ) -> Self {
        let reached = goal.is_reached_by(measured);
        Self { number, what: what.into(), measured, unit, limit: None, goal, reached }
    }

    /// The same, judged by its ratio to a limit.
    pub fn over(self, what: impl Into<String>, value: f64) -> Self {
        let ratio = self.measured / value;
        self.by_ratio(what, (value, ratio))
    }

    /// The same, judged by a ratio that was taken apart from the values: a median of ratios.
    pub fn by_ratio(self, what: impl Into<String>, (value, ratio): (f64, f64)) -> Self {
        let reached = self.goal.is_reached_by(ratio);
        Self { limit: Some(Limit { what: what.into(), value, ratio }), reached, ..self }
    }

    fn verdict(&self) -> &'static str {
        match self.goal {
            Goal::Unset => "-",
            _ if self.reached => "PASS",
            _ => "FALLS SHORT",
        }
    }

    fn cells(&self) -> [String; 6] {
        let limit = self.limit.as_ref();
        [
            format!("{} {}", self.number, self.what),
            format!("{} {}", short(self.measured), self.unit),
            limit.map_or_else(String::new, |limit| format!("{} {}", short(limit.value), limit.what)),
            limit.map_or_else(String::new, |limit| short(limit.ratio)),
            self.goal.words(),
            self.verdict().to_owned(),
        ]
    }
}

/// The figures as a table for a terminal.
pub fn table(figures: &[Figure]) -> String {
    let head = ["figure", "measured", "limit", "ratio", "goal", "verdict"].map(str::to_owned);
    let rows: Vec<[String; 6]> = std::iter::once(head).chain(figures.iter().map(Figure::cells)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    let line = |row: &[String; 6]| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Three digits, and no more of them than are worth reading.
fn short(value: f64) -> String {
    match value.abs() {
        large if large >= 100.0 => format!("{value:.0}"),
        middle if middle >= 10.0 => format!("{value:.1}"),
        _ => format!("{value:.2}"),
    }
}

/// The value below which this share of the values lies; NaN for none at all.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    let at = (last as f64 * share).ceil() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

pub fn median(values: &[f64]) -> f64 {
    quantile(values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_with_a_limit_is_judged_by_its_ratio() {
        let figure = Figure::new("P-1", "calls a second", (600.0, "/s"), Goal::AtLeast(0.5));
        assert!(figure.clone().over("bare", 1_000.0).reached);
        assert!(!figure.clone().over("bare", 2_000.0).reached);
        assert!(table(&[figure.over("bare", 2_000.0)]).ends_with("0.30   >= 0.50  FALLS SHORT"));
    }

    #[test]
    fn what_was_not_measured_is_not_reached() {
        assert!(!Figure::new("P-1", "nothing", (median(&[]), "s"), Goal::AtMost(1.0)).reached);
        assert!(!Figure::new("P-1", "nothing", (median(&[]), "s"), Goal::AtLeast(1.0)).reached);
    }

    #[test]
    fn quantiles_are_values_that_were_seen() {
        let values = [5.0, 1.0, 3.0, 2.0, 4.0];
        assert_eq!((median(&values), quantile(&values, 0.99), quantile(&values, 0.0)), (3.0, 5.0, 1.0));
    }
}
