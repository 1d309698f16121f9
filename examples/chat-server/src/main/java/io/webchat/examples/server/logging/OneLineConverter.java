package io.webchat.examples.server.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Objects;

/** The message of an event, without characters that end a line or steer a terminal. */
public final class OneLineConverter extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
        return ControlCharacters.escaped(Objects.requireNonNullElse(event.getFormattedMessage(), ""));
    }
}
