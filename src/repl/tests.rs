//! The session, typed to.
