//! One macro for the enums whose variants are words in JSON, SQL and the UI.
//!
//! A word is written once, beside its variant; storing, reading and listing follow from it. It does
//! not decide anything: moves between states live with their types.

/// An enum whose values are words; see [`words!`](crate::words!).
pub trait Word: Sized + Copy + 'static {
    /// Reads a stored word; `None` when it is not one of ours.
    fn parse_word(word: &str) -> Option<Self>;
}

/// Declares an enum of words: `as_str`, `from_word`, `ALL`, `Display` and serde in `snake_case`.
#[macro_export]
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            /// Every value, in the order in which people see them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word used in JSON, SQL and the UI.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads a stored word; `None` when it is not one of ours.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $crate::words::Word for $name {
            fn parse_word(word: &str) -> Option<Self> {
                Self::from_word(word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}
