package io.webchat.examples.server.history;

/** What an {@link Entry} tells. */
public enum Kind {
    /** A client's connection to a node, which the detail names, stands. */
    CONNECTED,
    /** A client sends a message to the peer, for the first time or again. */
    SENT,
    /** A node acknowledged it. */
    ACKED,
    /** A node refused it with the code in the detail. */
    REFUSED,
    /** A client gave up waiting for a node, which the detail names, to answer. */
    UNANSWERED,
    /** A client received a message from the peer. */
    RECEIVED,
    /** A client confirmed what it received. */
    CONFIRMED,
    /** A client told that the person has seen a message. */
    SEEN,
    /** An author's client got the peer's delivery receipt. */
    DELIVERED,
    /** An author's client got the peer's display receipt. */
    DISPLAYED,
    /** A client was told that events are missing. */
    GAP,
    /** A message as the call log has it at the end; the detail is its status. */
    LOGGED,
    /**
     * An author asks to change a message; the detail is the change: {@code edit …}, {@code delete}, {@code react …}.
     */
    AMENDING,
    /** A node acknowledged the change. */
    AMENDED,
    /** A client got a change of a message; its time in the call log is {@code storedAt}. */
    CHANGED,
    /** The state of a message at the end: of a client as it shows it, or of a user as the call log has it. */
    STATE,
    /** A client sends a message with a file; the detail is the file's id and the name of its bytes. */
    ATTACHED,
    /** A node refused a message with {@code bad_request}, while another message named its file too. */
    OUTDONE,
    /** A node decided about another message with the file of this one; the detail is {@code accepted} or not. */
    RIVAL,
    /**
     * A user read the file of the peer's message; the detail is as for ATTACHED, or empty if there was no file. The
     * request began at {@code storedAt} (in microseconds, as entries' times).
     */
    READ,
    /** Something does not work from now on: the client is what, the detail how. */
    BROKEN,
    /** It works again. */
    MENDED,
    /**
     * Redis lost its data, all or the newest, between its end at {@code storedAt} (in microseconds, as entries' times)
     * and now.
     */
    LOST_DATA,
    /** A node that was told to drain has ended, with this exit code as seq, after so many milliseconds as storedAt. */
    EXITED
}
