package io.webchat.examples.benchmarks;

import io.webchat.core.events.ChatEvent;
import java.util.concurrent.CompletionStage;

/** A way to record a message durably, under a time of its own. */
interface Recorder {
    CompletionStage<?> record(ChatEvent.Message message, long storedAt);
}
