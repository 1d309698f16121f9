package io.webchat.examples.server.logging;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.util.stream.Collectors;

/** A stack trace whose lines are all indented: none looks like the begin of another event. */
public final class StackTraceConverter extends ThrowableProxyConverter {
    private static final String INDENT = "  ";

    @Override
    protected String throwableProxyToString(IThrowableProxy failure) {
        return super.throwableProxyToString(failure)
                .lines()
                .map(line -> INDENT + ControlCharacters.escaped(line.replace("\t", INDENT)) + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
