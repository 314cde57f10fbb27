-- The request that ci/bench has wrk repeat; it comes by the environment, so that no token is seen in the process list.
wrk.method = os.getenv("METHOD") or "GET"
wrk.body = os.getenv("BODY")
wrk.headers["Authorization"] = os.getenv("AUTHORIZATION")
wrk.headers["Cookie"] = os.getenv("COOKIE")
if wrk.body then wrk.headers["Content-Type"] = "application/json" end
