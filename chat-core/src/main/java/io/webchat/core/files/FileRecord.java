package io.webchat.core.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.webchat.core.ids.AttachmentId;
import io.webchat.core.ids.UserId;
import io.webchat.core.spi.attachments.StoredAttachment;
import io.webchat.core.spi.support.LogThrottle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The record of a file: a JSON object of strings. */
final class FileRecord {
    private static final Logger log = LoggerFactory.getLogger(FileRecord.class);
    private static final LogThrottle warnings = new LogThrottle(Duration.ofMinutes(1));
    private static final JsonFactory JSON = new JsonFactory();

    private FileRecord() {}

    /** Writes the record; it is on the disk when this returns. */
    static void write(Path to, StoredAttachment file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("id", file.id().value());
            json.writeStringField("owner", file.owner().value());
            json.writeStringField("name", file.name());
            json.writeStringField("type", file.type());
            json.writeStringField("bytes", Long.toString(file.bytes()));
            json.writeStringField("createdAt", Long.toString(file.createdAt()));
            json.writeEndObject();
        }
        try (FileChannel channel = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray());
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Reads a record; empty if there is none, or a damaged one, which then does not stand in the way of other files.
     * Fails if the disk does, since a file must not look like a missing one then.
     */
    static Optional<StoredAttachment> read(Path from) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(from);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
        try {
            return Optional.of(file(fields(bytes), from));
        } catch (IOException | IllegalArgumentException damaged) {
            if (warnings.permits()) {
                log.warn("{} is no record of a file: {}", from, damaged.toString());
            }
            return Optional.empty();
        }
    }

    private static StoredAttachment file(Map<String, String> fields, Path from) throws IOException {
        return new StoredAttachment(
                AttachmentId.of(field(fields, "id", from)),
                UserId.of(field(fields, "owner", from)),
                field(fields, "name", from),
                field(fields, "type", from),
                Long.parseLong(field(fields, "bytes", from)),
                Long.parseLong(field(fields, "createdAt", from)));
    }

    private static Map<String, String> fields(byte[] bytes) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(bytes)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.put(name, json.getText());
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name, Path from) throws IOException {
        String value = fields.get(name);
        if (value == null) {
            throw new IOException(from + " has no " + name);
        }
        return value;
    }
}
