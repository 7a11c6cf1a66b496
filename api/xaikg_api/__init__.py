"""The web API of xaikg: GraphQL over HTTP, made by :func:`xaikg_api.app.create_app`."""
