package io.webchat.core.events;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ChatException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The value of a field, which a parser can pass even if it is malformed. */
final class FieldValue {
    /** Reads the value at which the parser stands. */
    interface Reader {
        void read() throws IOException;
    }

    private FieldValue() {}

    /** Reads the value at which the parser stands, and moves the parser to its end; returns the refusal, or null. */
    static @Nullable ChatException read(JsonParser parser, Reader reader) throws IOException {
        JsonStreamContext inside = parser.getParsingContext();
        JsonStreamContext around = parser.currentToken().isStructStart() ? inside.getParent() : inside;
        try {
            reader.read();
            return null;
        } catch (ChatException e) {
            JsonToken token = parser.currentToken();
            while (token != null && parser.getParsingContext() != around) {
                token = parser.nextToken();
            }
            return e;
        }
    }
}
