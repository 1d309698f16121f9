package io.webchat.core.internal.delivery;

/** The state of a session's {@link Delivery}: the reason for which it emits nothing right now, or IDLE. */
enum DeliveryState {
    /** Everything that the queue has is emitted, as far as the session knows. */
    IDLE,
    /** An event is missing; its publish may be late. Soon the queue is read. */
    GAP,
    /** A call to the queue failed. Later the queue is read. */
    RETRY,
    /** A call to the queue is under way. */
    BUSY,
    /** A call to the queue is under way, and its answer may be too old. */
    BUSY_OUTDATED,
    /** The window is full. */
    FULL,
    /** The connection accepts no more events. */
    UNWRITABLE,
    /** Nothing is emitted any more. */
    STOPPED
}
