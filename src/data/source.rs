//! From a path as given to bytes: standard input, `.gz`, `.zst`; and which format they are in.
