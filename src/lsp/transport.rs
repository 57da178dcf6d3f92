//! Messages over standard input and output.
//!
//! The reader of `lsp-server` ends at the first message that is no JSON; this one says so on standard error and goes
//! on with the next.

use std::io::{self, BufRead, Read, Write};
use std::thread::{self, JoinHandle};

use crossbeam_channel::{Receiver, Sender};
use lsp_server::{Connection, Message, RequestId, Response};
use serde_json::Value;

/// No message is as long as this; a length beyond it is a slip of the client.
const LONGEST: u64 = 1 << 30;

/// What is sent to the client.
#[derive(Debug)]
pub enum Outgoing {
    /// A message.
    Message(Message),
    /// An answer, written already: as values, that to a question about a long file would take many times the room.
    Answer(RequestId, Vec<u8>),
}

impl Outgoing {
    fn write(self, output: &mut impl Write) -> io::Result<()> {
        let (id, result) = match self {
            Outgoing::Message(message) => return message.write(output),
            Outgoing::Answer(id, result) => (id, result),
        };
        let head = format!("{{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":", serde_json::to_string(&id)?);
        write!(output, "Content-Length: {}\r\n\r\n{head}", head.len() + result.len() + 1)?;
        output.write_all(&result)?;
        output.write_all(b"}")?;
        output.flush()
    }

    /// It as a message.
    pub fn into_message(self) -> Message {
        match self {
            Outgoing::Message(message) => message,
            // What was written can be read.
            Outgoing::Answer(id, result) => {
                let result: Value = serde_json::from_slice(&result).unwrap_or_default();
                Response::new_ok(id, result).into()
            }
        }
    }
}

impl<M: Into<Message>> From<M> for Outgoing {
    fn from(message: M) -> Outgoing {
        Outgoing::Message(message.into())
    }
}

/// The two ways between a server and its client.
#[derive(Clone)]
pub struct Line {
    /// To the client.
    pub sender: Sender<Outgoing>,
    /// From it.
    pub receiver: Receiver<Message>,
}

impl From<Connection> for Line {
    /// A line over a connection that takes messages alone.
    fn from(connection: Connection) -> Line {
        let (sender, sent) = crossbeam_channel::unbounded::<Outgoing>();
        let Connection { sender: onwards, receiver } = connection;
        thread::spawn(move || {
            // Who has gone takes no more.
            for outgoing in sent {
                if onwards.send(outgoing.into_message()).is_err() {
                    return;
                }
            }
        });
        Line { sender, receiver }
    }
}

/// Opens the line. The handle ends when everything has been written.
pub fn stdio() -> (Line, JoinHandle<()>) {
    let (received, receiver) = crossbeam_channel::unbounded();
    let (sender, sent) = crossbeam_channel::unbounded::<Outgoing>();
    thread::spawn(move || {
        let mut input = io::stdin().lock();
        loop {
            match read(&mut input) {
                Ok(Some(message)) => {
                    if received.send(message).is_err() {
                        return;
                    }
                }
                Ok(None) => return,
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    let _ = writeln!(io::stderr(), "prm lsp: {error}");
                }
                Err(_) => return,
            }
        }
    });
    let writer = thread::spawn(move || {
        let mut output = io::stdout().lock();
        for outgoing in sent {
            if outgoing.write(&mut output).is_err() {
                return;
            }
        }
    });
    (Line { sender, receiver }, writer)
}

/// The next message; nothing at the end of the input.
///
/// # Errors
/// `InvalidData` for what is no message: the reader may go on behind it.
fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let invalid = |problem: String| io::Error::new(io::ErrorKind::InvalidData, problem);
    let mut length: Option<u64> = None;
    loop {
        let mut line = Vec::new();
        if input.by_ref().take(LONGEST).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            // Lines between messages do no harm.
            match length {
                Some(_) => break,
                None => continue,
            }
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("Content-Length")
        {
            let value = value.trim().parse().ok().filter(|length| *length <= LONGEST);
            length = Some(value.ok_or_else(|| invalid(format!("`{line}` is no length of a message")))?);
        }
    }
    let mut body = Vec::new();
    input.take(length.unwrap_or_default()).read_to_end(&mut body)?;
    serde_json::from_slice(&body).map(Some).map_err(|error| invalid(format!("this is no message: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_passed_over() {
        let good = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let mut input = format!(
            "Content-Length: 5\r\n\r\n{{]{{}}xContent-Length: x\r\n\r\nContent-Length: {}\r\n\r\n{good}",
            good.len()
        );
        input.insert_str(0, "Content-Length: 99999999999999999\r\n\r\n");
        let mut input = input.as_bytes();
        let mut problems = 0;
        loop {
            match read(&mut input) {
                Ok(Some(Message::Notification(message))) => break assert_eq!(message.method, "exit"),
                Ok(other) => panic!("{other:?}"),
                Err(error) => {
                    assert_eq!(error.kind(), io::ErrorKind::InvalidData);
                    problems += 1;
                }
            }
        }
        assert_eq!(problems, 3);
        assert!(read(&mut input).unwrap().is_none());
    }
}
