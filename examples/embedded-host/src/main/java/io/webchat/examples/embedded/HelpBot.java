package io.webchat.examples.embedded;

import io.webchat.core.ChatException;
import io.webchat.core.ChatSession;
import io.webchat.core.CloseReason;
import io.webchat.core.Connection;
import io.webchat.core.events.ChatEvent;
import io.webchat.core.events.Envelope;
import io.webchat.core.ids.MessageId;
import io.webchat.core.spi.support.Failures;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user that is a program. The bot confirms a question when its answer is stored. A bot that dies in between gets
 * the question again. The answer's id is derived from the question's id, so a second answer is a resend.
 */
final class HelpBot implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(HelpBot.class);
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

    @Override
    public void emit(ChatSession session, Envelope envelope) {
        if (envelope.event() instanceof ChatEvent.Message question && question.fromDevice() == null) {
            answer(session, envelope.seq(), question);
        }
    }

    private void answer(ChatSession session, long seq, ChatEvent.Message question) {
        String text = question.text().toLowerCase(Locale.ROOT).contains("hours")
                ? "We are here from 9 to 17 o'clock."
                : "Ask me about our opening hours.";
        session.send(ChatEvent.message(question.to(), question.from(), answerTo(question), text))
                .whenComplete((sent, failure) -> {
                    if (failure != null && retryable(failure)) {
                        LOG.warn("an answer could not be stored; trying again", failure);
                        LATER.execute(() -> answer(session, seq, question));
                    } else {
                        session.confirm(seq);
                    }
                });
    }

    private static MessageId answerTo(ChatEvent.Message question) {
        String asked = question.from() + " " + question.id();
        return MessageId.of(
                UUID.nameUUIDFromBytes(asked.getBytes(StandardCharsets.UTF_8)).toString());
    }

    private static boolean retryable(Throwable failure) {
        return Failures.unwrap(failure) instanceof ChatException known
                && known.code().retryable();
    }

    @Override
    public void close(CloseReason reason) {
        LOG.info("the bot's session ended: {}", reason);
    }
}
