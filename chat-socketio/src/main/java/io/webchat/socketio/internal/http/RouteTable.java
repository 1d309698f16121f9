package io.webchat.socketio.internal.http;

import io.webchat.socketio.http.StreamingHandler;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The routes of a server. Of those that match a request, the one with the longest path answers. */
final class RouteTable {
    private final List<HttpRoute> routes;

    RouteTable(List<HttpRoute> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparingInt(
                        (HttpRoute route) -> -route.prefix().length()))
                .toList();
    }

    /** Returns all routes that cover a path, the longest one first. */
    List<HttpRoute> covering(String path) {
        return routes.stream().filter(route -> route.covers(path)).toList();
    }

    /**
     * Returns the handler that takes the body of a request in pieces, if there is one.
     *
     * @param target the target of the request. Only the plain form of a path streams; an encoded one is handled as a
     *     whole
     */
    Optional<StreamingHandler> streaming(String method, String target) {
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        for (HttpRoute route : routes) {
            if (route.covers(path) && route.answers(method)) {
                return route.prefix().equals(path) && route.handler() instanceof StreamingHandler handler
                        ? Optional.of(handler)
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
