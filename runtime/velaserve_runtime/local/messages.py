# SPDX-License-Identifier: Apache-2.0
"""What `up` and `demo` say, in English and Chinese; {names} are arguments."""

from __future__ import annotations

from velaserve_lint.text import Text

CANNOT_READ = Text(
    en="{file} cannot be read ({reason}); expected the YAML file of an Application",
    zh="无法读取 {file}（{reason}）；应为 Application 的 YAML 文件",
)
NOTHING_STARTED = Text(
    en="{file} has errors; nothing was started",
    zh="{file} 有错误；未启动任何服务",
)
NO_APPLICATION = Text(
    en="{file}: holds no Application; expected a document of kind Application",
    zh="{file}：没有 Application；应包含 kind 为 Application 的文档",
)
NO_MODEL = Text(
    en="{file}: no component of type model-serving is for our server; nothing to serve",
    zh="{file}：没有由本服务器提供的 model-serving 组件；没有可提供的服务",
)
CLAIM_MISSING = Text(
    en=(
        "component '{component}': {uri} needs a folder for the claim '{claim}'; add --pvc "
        "{claim}=DIR (given: {given})"
    ),
    zh=(
        "组件 '{component}'：{uri} 需要为存储卷声明 '{claim}' 指定文件夹；"
        "请添加 --pvc {claim}=DIR（已给出：{given}）"
    ),
)
FOLDER_MISSING = Text(
    en=(
        "component '{component}': {uri} is {folder} here, which is not a folder; point "
        "modelUri or --pvc at the model's folder"
    ),
    zh=(
        "组件 '{component}'：{uri} 在本机为 {folder}，但它不是文件夹；"
        "请让 modelUri 或 --pvc 指向模型文件夹"
    ),
)
EXTRA_MISSING = Text(
    en="{what} needs: pip install 'velaserve[{extra}]'",
    zh="{what} 需要：pip install 'velaserve[{extra}]'",
)
DOWNLOAD_FAILED = Text(
    en="component '{component}': {uri} could not be fetched: {reason}",
    zh="组件 '{component}'：无法获取 {uri}：{reason}",
)
DOWNLOADING = Text(
    en="fetching {uri} to {folder}",
    zh="正在获取 {uri} 到 {folder}",
)
DOWNLOADED_BEFORE = Text(
    en="{uri} was fetched before: {folder} (remove it to fetch again)",
    zh="{uri} 此前已获取：{folder}（删除后可重新获取）",
)
NO_PORT = Text(
    en=(
        "no port from {port} to 65535 is free on {host}; choose another with --http-port or "
        "--grpc-port"
    ),
    zh="{host} 上从 {port} 到 65535 没有空闲端口；请用 --http-port 或 --grpc-port 另选",
)
BAD_HOST = Text(
    en="--host {host}: no address of this machine; expected for example 127.0.0.1 ({reason})",
    zh="--host {host}：不是本机地址；例如应为 127.0.0.1（{reason}）",
)
PORT_TAKEN = Text(
    en="port {port} is taken; {component} uses {found}",
    zh="端口 {port} 已被占用；{component} 使用 {found}",
)
REST_ONLY = Text(
    en="REST only; gRPC needs: pip install 'velaserve[grpc]'",
    zh="仅提供 REST；gRPC 需要：pip install 'velaserve[grpc]'",
)
LOADING = Text(
    en="{component}: process {pid} loads {folder}",
    zh="{component}：进程 {pid} 正在加载 {folder}",
)
SERVER_ENDED = Text(
    en="the server of component '{component}' ended with exit code {code}: {reason}",
    zh="组件 '{component}' 的服务进程已退出，退出码 {code}：{reason}",
)
SERVER_KILLED = Text(
    en="the server of component '{component}' was killed by signal {code}: {reason}",
    zh="组件 '{component}' 的服务进程被信号 {code} 终止：{reason}",
)
NO_REASON = Text(
    en="its log gives no reason",
    zh="日志中没有给出原因",
)
STOPPING = Text(
    en="stopping",
    zh="正在停止",
)
UNTIL_STOPPED = Text(
    en="serving until Ctrl-C",
    zh="服务运行中，按 Ctrl-C 停止",
)
TRAITS_NEED_CLUSTER = Text(
    en="{component}: not applied here, needs a cluster: {traits}",
    zh="{component}：以下特征需要集群，在本机不生效：{traits}",
)
PROPERTIES_NEED_CLUSTER = Text(
    en="{component}: one process without limits here, a cluster's matter: {properties}",
    zh="{component}：在本机为一个不受限的进程，以下属性只在集群中生效：{properties}",
)
COMPONENTS_NEED_CLUSTER = Text(
    en="{component}: not started here, type {type} needs a cluster",
    zh="{component}：类型 {type} 需要集群，在本机不启动",
)
SERVERS_NEED_CLUSTER = Text(
    en="{component}: not started here, its server is only in a cluster: {properties}",
    zh="{component}：在本机不启动，其服务器只存在于集群中：{properties}",
)
COLUMN_COMPONENT = Text(
    en="COMPONENT",
    zh="组件",
)
COLUMN_MODEL = Text(
    en="MODEL",
    zh="模型",
)
COLUMN_FORMAT = Text(
    en="FORMAT",
    zh="格式",
)
COLUMN_STATE = Text(
    en="STATE",
    zh="状态",
)
STATE_READY = Text(
    en="ready",
    zh="就绪",
)
TRY_IT = Text(
    en="Try it:",
    zh="试一试：",
)
NO_CHECKOUT = Text(
    en=(
        "velaserve demo runs in a checkout of velaserve: neither this folder nor one above "
        "it has {file}; for your own Application use velaserve up FILE"
    ),
    zh=(
        "velaserve demo 需在 velaserve 的源码目录中运行：当前目录及其上级都没有 {file}；"
        "自己的 Application 请用 velaserve up FILE"
    ),
)
DIGIT_SENT = Text(
    en="A handwritten {label} that the model has never seen:",
    zh="模型从未见过的手写数字 {label}：",
)
DIGIT_READ = Text(
    en="{wire}  reads {label}, {percent} % sure",
    zh="{wire}  识别为 {label}，置信度 {percent} %",
)
SECONDS = Text(
    en="Seconds: {parts}",
    zh="用时（秒）：{parts}",
)
PART_INSTALL = Text(
    en="install {seconds}",
    zh="安装 {seconds}",
)
PART_LOAD = Text(
    en="load {seconds}",
    zh="加载 {seconds}",
)
PART_ANSWER = Text(
    en="{wire} answer {seconds}",
    zh="{wire} 应答 {seconds}",
)
REQUEST_FAILED = Text(
    en="{wire} request to {address} failed: {reason}",
    zh="对 {address} 的 {wire} 请求失败：{reason}",
)
