//! A session: what is tried now, and what was before.

use super::carry::{carry, same_schema};
use super::opened::Stamps;
use super::standing::Standing;
use super::subject::Subject;
use super::{Answer, Look, Opened, Population, Wrong, commands, typed};
use crate::model::{Model, Results};
use crate::source::Disk;
use crate::value::Instant;
use std::sync::Arc;

/// Steps that `:undo` can take back.
const MOST_UNDONE: usize = 1_000;

/// How the leads of the session are read for a model.
pub type ReadLeads = Box<dyn Fn(&Model) -> Result<Population, Wrong> + Send>;

/// What `:undo` brings back.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    pub subject: Subject,
    pub as_of: Instant,
}

pub struct Session {
    pub look: Look,
    pub threads: usize,
    /// As the files are now.
    pub opened: Arc<Opened>,
    /// As the files were when the session began.
    pub loaded: Arc<Opened>,
    pub population: Option<Population>,
    pub state: State,
    /// Whether `:quit` was typed.
    pub ended: bool,
    first_as_of: Instant,
    before: Vec<State>,
    read_leads: Option<ReadLeads>,
    stamps: Stamps,
    /// Of all leads, as of an instant.
    results: Option<(Instant, Arc<Vec<Results>>)>,
}

impl Session {
    /// A session with a model, a lead of which nothing is known, and the leads that `read_leads` reads.
    ///
    /// # Errors
    /// The leads cannot be read.
    pub fn new(
        opened: Opened,
        stamps: Stamps,
        as_of: Instant,
        look: Look,
        threads: usize,
        read_leads: Option<ReadLeads>,
    ) -> Result<Session, Wrong> {
        let population = read_leads.as_ref().map(|read| read(&opened.model)).transpose()?;
        let session = Session::begun(opened, stamps, as_of, look, threads, read_leads);
        Ok(Session { population, ..session })
    }

    /// A session whose model could not be read: it begins when the file is mended and saved.
    pub fn waiting(
        path: Option<std::path::PathBuf>,
        stamps: Stamps,
        as_of: Instant,
        look: Look,
        threads: usize,
        read_leads: Option<ReadLeads>,
    ) -> Session {
        Session::begun(Opened::empty(path), stamps, as_of, look, threads, read_leads)
    }

    /// Before any lead was read.
    fn begun(
        opened: Opened,
        stamps: Stamps,
        as_of: Instant,
        look: Look,
        threads: usize,
        read_leads: Option<ReadLeads>,
    ) -> Session {
        let opened = Arc::new(opened);
        Session {
            look,
            threads,
            loaded: opened.clone(),
            population: None,
            state: State { subject: Subject::empty(&opened.model), as_of },
            ended: false,
            first_as_of: as_of,
            before: Vec::new(),
            read_leads,
            stamps,
            results: None,
            opened,
        }
    }

    pub fn model(&self) -> &Model {
        &self.opened.model
    }

    /// The answer to what was typed; a blank line has none.
    ///
    /// # Errors
    /// What is wrong with it. The session goes on as before.
    pub fn answer(&mut self, text: &str) -> Answer {
        match text.trim().strip_prefix(':') {
            Some(command) => commands::run(self, command),
            None => typed::run(self, text),
        }
    }

    /// The results of the lead that is tried.
    pub fn standing(&self) -> Standing {
        let model = self.model();
        Standing::of(model, &self.state.subject.evaluate(model, self.state.as_of).results)
    }

    /// Goes on with another state, to which `:undo` is the way back; what moved.
    pub fn go_on(&mut self, state: State) -> String {
        let before = self.standing();
        let was = std::mem::replace(&mut self.state, state);
        if was != self.state {
            self.before.push(was);
            let most = self.before.len().saturating_sub(MOST_UNDONE);
            self.before.drain(..most);
        }
        self.standing().moved_from(&before, self.look)
    }

    /// Takes back the last step; what moved, or nothing where there is no step to take back.
    pub fn undo(&mut self) -> Option<String> {
        let before = self.standing();
        self.state = self.before.pop()?;
        Some(self.standing().moved_from(&before, self.look))
    }

    /// As when the session began.
    pub fn reset(&mut self) {
        let subject = Subject::empty(self.model());
        self.go_on(State { subject, as_of: self.first_as_of });
    }

    /// The leads of the file.
    ///
    /// # Errors
    /// There are none.
    pub fn population(&self) -> Result<&Population, Wrong> {
        self.population.as_ref().ok_or_else(|| {
            Wrong::said("no leads are loaded")
                .help("name a file of leads behind the model: `score repl model.score leads.csv`")
        })
    }

    /// The results of all leads, worked out once.
    ///
    /// # Errors
    /// There are no leads; Ctrl-C.
    pub fn results(&mut self) -> Result<Arc<Vec<Results>>, Wrong> {
        let as_of = self.state.as_of;
        if let Some((of, results)) = &self.results
            && *of == as_of
        {
            return Ok(results.clone());
        }
        let results = Arc::new(self.population()?.results(self.model(), as_of, self.threads)?);
        self.results = Some((as_of, results.clone()));
        Ok(results)
    }

    /// Whether a file of the model is not as it was when it was read.
    pub fn is_stale(&self) -> bool {
        self.stamps.changed()
    }

    /// Reads the model anew where its files have changed: what moved, or what is wrong with it, in which case the model
    /// stays as it was. `None` where nothing has changed.
    pub fn reload(&mut self) -> Option<Answer> {
        let path = self.opened.path.clone().filter(|_| self.is_stale())?;
        let (read, stamps) = Opened::read(&Disk, &path);
        self.stamps = stamps;
        Some(read.and_then(|opened| self.replace(opened)))
    }

    fn replace(&mut self, opened: Opened) -> Answer {
        let before = self.standing();
        let opened = Arc::new(opened);
        let waited = self.loaded.program.files.is_empty();
        if waited {
            self.loaded = opened.clone();
        }
        let reads_alike = !waited && same_schema(self.model(), &opened.model);
        if let Some(read) = self.read_leads.as_ref().filter(|_| !reads_alike) {
            self.population = Some(read(&opened.model)?);
        }
        let carried = |state: &State| State {
            subject: carry(&state.subject, &self.opened.model, &opened.model),
            as_of: state.as_of,
        };
        self.before = self.before.iter().map(carried).collect();
        self.state = carried(&self.state);
        self.opened = opened;
        self.results = None;
        let name = self.opened.path.as_ref().map(|path| path.display().to_string()).unwrap_or_default();
        let heading = self.look.paint().dim(&format!("{} was saved; read again", crate::terminal::safe(&name)));
        Ok(format!("{heading}\n{}", self.standing().moved_from(&before, self.look)))
    }

    /// The model was changed by the session itself: nothing to say about it.
    pub fn reload_quietly(&mut self) {
        self.reload();
    }
}
