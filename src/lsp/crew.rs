//! Who does what takes its time: threads beside the loop, so that the next keystroke is read meanwhile; or, where there are no
//! threads, the loop itself between two messages.

use std::thread;

use crossbeam_channel::{Receiver, Sender, unbounded};

use super::lanes::{Answered, Lanes, answered};
use super::repository::{Dependents, Search};
use super::worker::{Compiler, Done, Job};

/// The ways to those who work, and what they have done. Threads end when their way is dropped.
pub struct Crew {
    /// Packages to be compiled.
    pub jobs: Sender<Job>,
    /// Requests to be answered.
    pub lanes: Lanes,
    /// Packages to be looked for.
    pub searches: Sender<Search>,
    /// What was compiled.
    pub done: Receiver<Done>,
    /// What was answered.
    pub answered: Receiver<Answered>,
    /// What was found.
    pub found: Receiver<Dependents>,
    /// What the loop does itself, where it is alone.
    own: Option<Vec<Piecework>>,
}

/// Does the next piece of some work; whether there was one.
type Piecework = Box<dyn FnMut() -> bool>;

impl Crew {
    /// Four threads: for what is compiled, for quick and for long answers, for searches.
    pub fn of_threads() -> Crew {
        Crew::new(None)
    }

    /// Nobody but the loop.
    pub fn of_one() -> Crew {
        Crew::new(Some(Vec::new()))
    }

    fn new(mut own: Option<Vec<Piecework>>) -> Crew {
        let ((compiled, done), (answers, received), (findings, found)) = (unbounded(), unbounded(), unbounded());
        let mut compiler = Compiler::default();
        let jobs = hire(&mut own, compiled, move |job: Job| compiler.work(job));
        let mut lane = || hire(&mut own, answers.clone(), answered);
        let lanes = Lanes { beside: lane(), long: lane() };
        let searches = hire(&mut own, findings, |search: Search| Some(search.dependents()));
        Crew { jobs, lanes, searches, done, answered: received, found, own }
    }

    /// Whether nobody works but the loop.
    pub fn is_alone(&self) -> bool {
        self.own.is_some()
    }

    /// Does one piece of what waits, where the loop is alone; whether there was one.
    pub fn work(&mut self) -> bool {
        self.own.iter_mut().flatten().any(|piece| piece())
    }
}

/// The way to somebody who works off what comes, and hands on what comes of it.
fn hire<Todo: Send + 'static, Made: Send + 'static>(
    own: &mut Option<Vec<Piecework>>,
    made: Sender<Made>,
    mut work: impl FnMut(Todo) -> Option<Made> + Send + 'static,
) -> Sender<Todo> {
    let (sender, todo) = unbounded::<Todo>();
    // Who asked may have gone meanwhile.
    let mut piece = move |todo: Todo| work(todo).is_none_or(|done| made.send(done).is_ok());
    match own {
        None => drop(thread::spawn(move || todo.into_iter().all(piece))),
        Some(own) => own.push(Box::new(move || {
            todo.try_recv().is_ok_and(|todo| {
                piece(todo);
                true
            })
        })),
    }
    sender
}
