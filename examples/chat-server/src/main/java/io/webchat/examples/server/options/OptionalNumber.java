package io.webchat.examples.server.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number that may be left away: an empty text is none. */
final class OptionalNumber implements ITypeConverter<Integer> {
    @Override
    public @Nullable Integer convert(String value) {
        if (value.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(value);
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + value + "' is not a number");
        }
    }
}
