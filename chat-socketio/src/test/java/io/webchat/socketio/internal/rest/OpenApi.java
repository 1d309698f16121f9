package io.webchat.socketio.internal.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code docs/openapi.yaml}: holds requests and answers against it, and remembers which operations were called. Schemas
 * are checked by networknt's validator in OpenAPI 3.1's dialect, and the document as such by Swagger's parser.
 */
final class OpenApi {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    static final OpenApi DOCUMENT = new OpenApi(Path.of("..", "docs", "openapi.yaml"));

    private final JsonNode root;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();
    private final Set<String> operations = new TreeSet<>();
    private final Set<String> called = ConcurrentHashMap.newKeySet();

    private OpenApi(Path file) {
        try {
            String text = Files.readString(file);
            assertThat(new OpenAPIV3Parser().readContents(text).getMessages())
                    .as("faults of the document")
                    .isEmpty();
            root = new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        root.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
    }

    Set<String> operations() {
        return operations;
    }

    /** Those that were called with success. */
    Set<String> called() {
        return called;
    }

    /** Returns the operation of a request; empty if the document has none. */
    Optional<String> operation(String method, URI target) {
        String asked = (method.equals("HEAD") ? "GET" : method) + " ";
        return operations.stream()
                .filter(each -> each.startsWith(asked)
                        && template(each).match(path(target)).isPresent())
                // The one with fewer variables is the more exact one.
                .min((one, other) -> Long.compare(variables(one), variables(other)));
    }

    private static PathTemplate template(String operation) {
        return PathTemplate.of(operation.substring(operation.indexOf(' ') + 1));
    }

    private static List<String> path(URI target) {
        // Decoded one by one: a slash that was encoded separates nothing.
        return PathTemplate.split(target.getRawPath()).stream()
                .map(each -> URLDecoder.decode(each.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static long variables(String operation) {
        return operation.chars().filter(c -> c == '{').count();
    }

    private JsonNode item(String operation) {
        return root.get("paths").get(template(operation).text());
    }

    private JsonNode node(String operation) {
        return item(operation)
                .get(operation.substring(0, operation.indexOf(' ')).toLowerCase(Locale.ROOT));
    }

    /** Returns the node itself, or the node that it refers to. */
    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    void checkRequest(String operation, HttpRequest request, @Nullable String body) {
        Map<String, String> inPath =
                template(operation).match(path(request.uri())).orElseThrow();
        Map<String, List<String>> inQuery = query(request.uri());
        for (JsonNode parameter : parameters(operation)) {
            String name = parameter.get("name").asText();
            boolean path = parameter.get("in").asText().equals("path");
            List<String> values = path ? listOf(inPath.remove(name)) : listOf(inQuery.remove(name));
            if (!values.isEmpty()) {
                check(name + " of " + request, parameter.get("schema"), value(parameter.get("schema"), values));
            }
        }
        assertThat(inPath).as("path variables without a word in the document").isEmpty();
        assertThat(inQuery)
                .as("query parameters without a word in the document")
                .isEmpty();
        JsonNode described = node(operation).path("requestBody");
        if (body == null) {
            assertThat(described.path("required").asBoolean()).as("body needed").isFalse();
        } else {
            check(
                    "body of " + request,
                    content(described, request.headers().map()),
                    value(request.headers().map(), body));
        }
    }

    private List<JsonNode> parameters(String operation) {
        List<JsonNode> found = new ArrayList<>();
        item(operation).path("parameters").forEach(each -> found.add(resolved(each)));
        node(operation).path("parameters").forEach(each -> found.add(resolved(each)));
        return found;
    }

    private static List<String> listOf(@Nullable String value) {
        return value == null ? List.of() : List.of(value);
    }

    private static List<String> listOf(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    private static Map<String, List<String>> query(URI target) {
        Map<String, List<String>> found = new TreeMap<>();
        if (target.getQuery() != null) {
            for (String pair : target.getQuery().split("&", -1)) {
                int equals = pair.indexOf('=');
                found.computeIfAbsent(pair.substring(0, equals), any -> new ArrayList<>())
                        .add(pair.substring(equals + 1));
            }
        }
        return found;
    }

    void checkAnswer(String operation, HttpResponse<String> answer) {
        String what = answer + " to " + operation + ": " + answer.body();
        JsonNode statuses = node(operation).get("responses");
        assertThat(statuses.has(String.valueOf(answer.statusCode())))
                .as("documented: " + what)
                .isTrue();
        JsonNode response = resolved(statuses.get(String.valueOf(answer.statusCode())));
        response.path("headers").properties().forEach(header -> {
            JsonNode described = resolved(header.getValue());
            Optional<String> value = answer.headers().firstValue(header.getKey());
            assertThat(value.isPresent() || !described.path("required").asBoolean())
                    .as(header.getKey() + " of " + what)
                    .isTrue();
            value.ifPresent(sent -> check(
                    header.getKey() + " of " + what, described.get("schema"), scalar(described.get("schema"), sent)));
        });
        if (!response.has("content")) {
            assertThat(answer.body()).as(what).isEmpty();
        } else {
            JsonNode schema = content(response, answer.headers().map());
            check(what, schema, value(answer.headers().map(), answer.body()));
        }
        if (answer.statusCode() < 300) {
            called.add(operation);
        }
    }

    private static JsonNode content(JsonNode described, Map<String, List<String>> headers) {
        String type = type(headers);
        JsonNode content = described.path("content");
        JsonNode schema = content.path(content.has(type) ? type : "*/*").path("schema");
        assertThat(schema.isMissingNode())
                .as("no content type of the document: " + type)
                .isFalse();
        return schema;
    }

    private static String type(Map<String, List<String>> headers) {
        Map<String, List<String>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        found.putAll(headers);
        return found.getOrDefault("Content-Type", List.of("")).get(0).split(";", 2)[0];
    }

    /** Returns a body in the type of its Content-Type: JSON, or a text. */
    private static JsonNode value(Map<String, List<String>> headers, String body) {
        return type(headers).endsWith("json") ? json(body) : TextNode.valueOf(body);
    }

    private static JsonNode json(String text) {
        try {
            return RestJson.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    /** Returns a parameter in the type of its schema. An array parameter is repeated in the query. */
    private static JsonNode value(JsonNode schema, List<String> texts) {
        if (!schema.path("type").asText().equals("array")) {
            return scalar(schema, texts.get(texts.size() - 1));
        }
        ArrayNode all = RestJson.MAPPER.createArrayNode();
        texts.forEach(all::add);
        return all;
    }

    /** Returns a parameter or header field in the type of its schema. */
    private static JsonNode scalar(JsonNode schema, String text) {
        boolean number = schema.path("type").asText().equals("integer") && text.matches("[0-9]{1,9}");
        return number ? json(text) : TextNode.valueOf(text);
    }

    private void check(String what, JsonNode schema, JsonNode value) {
        assertThat(compiled.computeIfAbsent(schema, this::compile).validate(value))
                .as(what)
                .isEmpty();
    }

    private Schema compile(JsonNode schema) {
        ObjectNode whole = schema.deepCopy();
        // The schema may refer to other components.
        whole.set("components", root.get("components"));
        return SchemaRegistry.withDefaultDialect(Dialects.getOpenApi31()).getSchema(whole);
    }
}
