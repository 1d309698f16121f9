package io.webchat.examples.docs;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A block of Java, made ready to compile.
 *
 * @param name the class's name
 * @param code the whole file
 */
record JavaSource(String name, String code) {
    private static final Pattern TYPE = Pattern.compile(
            "^(?:(?:public|final|abstract|sealed) )*(?:class|interface|record|enum) (\\w+)", Pattern.MULTILINE);
    private static final Pattern IMPORT = Pattern.compile("^import .*;.*\n", Pattern.MULTILINE);

    /** What a snippet without imports finds imported. */
    private static final String IMPORTS = """
        import io.socket.client.Ack;
        import io.socket.client.IO;
        import io.socket.client.Socket;
        import io.webchat.core.*;
        import io.webchat.core.calllog.*;
        import io.webchat.core.contract.*;
        import io.webchat.core.contract.calllog.*;
        import io.webchat.core.contract.profiles.*;
        import io.webchat.core.contract.queue.*;
        import io.webchat.core.contract.rooms.*;
        import io.webchat.core.contract.router.*;
        import io.webchat.core.events.*;
        import io.webchat.core.ids.*;
        import io.webchat.core.memory.*;
        import io.webchat.core.micrometer.*;
        import io.webchat.core.policy.*;
        import io.webchat.core.rooms.*;
        import io.webchat.core.spi.*;
        import io.webchat.core.spi.attachments.*;
        import io.webchat.core.spi.calllog.*;
        import io.webchat.core.spi.queue.*;
        import io.webchat.core.spi.rooms.*;
        import io.webchat.core.testing.*;
        import io.webchat.dynamo.*;
        import io.webchat.dynamo.s3.*;
        import io.webchat.examples.docs.given.*;
        import io.webchat.redis.*;
        import io.webchat.socketio.*;
        import io.webchat.socketio.http.*;
        import io.webchat.socketio.spring.*;
        import java.io.*;
        import java.net.URI;
        import java.nio.ByteBuffer;
        import java.nio.charset.StandardCharsets;
        import java.nio.file.*;
        import java.security.MessageDigest;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import java.util.function.*;
        import java.util.regex.*;
        import java.util.stream.Collectors;
        import javax.crypto.Mac;
        import javax.crypto.spec.SecretKeySpec;
        import org.json.JSONObject;
        import org.springframework.http.ResponseEntity;
        import org.springframework.security.oauth2.jwt.*;
        import org.springframework.web.bind.annotation.*;
        import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
        import software.amazon.awssdk.services.s3.S3AsyncClient;
        """;

    static JavaSource of(Block block) {
        Matcher type = TYPE.matcher(block.text());
        if (type.find()) {
            return new JavaSource(type.group(1), (hasImports(block) ? "" : IMPORTS) + block.text());
        }
        String name = block.page().replaceAll("\\W", "_") + "_" + block.line();
        String given = block.note().startsWith("given ") ? block.note().substring("given ".length()) : "";
        return new JavaSource(
                name,
                (hasImports(block) ? importsOf(block) : IMPORTS) + "class " + name
                        + " {\n  static void snippet(" + given + ") throws Exception {\n"
                        + IMPORT.matcher(block.text()).replaceAll("") + "  }\n}\n");
    }

    /** Whether the block is a whole class. */
    static boolean isClass(Block block) {
        return TYPE.matcher(block.text()).find();
    }

    static boolean hasImports(Block block) {
        return IMPORT.matcher(block.text()).find();
    }

    private static String importsOf(Block block) {
        return IMPORT.matcher(block.text()).results().map(MatchResult::group).collect(Collectors.joining());
    }
}
